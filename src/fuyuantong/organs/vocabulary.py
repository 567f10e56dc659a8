"""The closed lists of the directory: branches, relations, posts, scopes, changes."""

from enum import StrEnum
from typing import Final


class Branch(StrEnum):
    """Which side of 府院联动 an organ stands on: 府, 院, 检, 党群, 其他."""

    GOVERNMENT = "government"
    COURT = "court"
    PROCURATORATE = "procuratorate"
    PARTY = "party"
    OTHER = "other"


class RegionLevel(StrEnum):
    """省, 市, 县, 乡镇街道."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"


class RelationKind(StrEnum):
    """
    What one organ is to another; read "from *is* … to".

    SUPERIOR_OF: the organ it is subordinate to (县政府 → 县司法局, 中级法院 → 县法院); makes the tree.
    GOVERNMENT_OF: the people's government whose department or town it is.
    COMPETENT_DEPT_OF: the department that guides or supervises it in its trade (主管部门); may be several.
    PEER_PROCURATORATE_OF: the procuratorate that stands beside it at the same level.
    OFFICE_OF: the 领导小组办公室; `to` is any organ of the region that the office serves as a whole.
    """

    SUPERIOR_OF = "superior_of"
    GOVERNMENT_OF = "government_of"
    COMPETENT_DEPT_OF = "competent_dept_of"
    PEER_PROCURATORATE_OF = "peer_procuratorate_of"
    OFFICE_OF = "office_of"


class PostKind(StrEnum):
    """联络员, 经办人, 负责人, 分管领导, 审核, 签发, 领导小组办公室, and the three administrators."""

    LIAISON = "liaison"
    HANDLER = "handler"
    HEAD = "head"
    LEADER = "leader"
    REVIEWER = "reviewer"
    SIGNER = "signer"
    OFFICE = "office"
    AUDITOR = "auditor"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"


class ScopeKind(StrEnum):
    """
    How far a person sees: an organ, the organs below one, a region as its office does, a region's trails.

    AUDIT shows trails, never contents marked sensitive.
    """

    ORGAN = "organ"
    TREE = "tree"
    OFFICE = "office"
    AUDIT = "audit"


class SuccessionKind(StrEnum):
    """How one organ came after another: 合并 or 分立."""

    MERGED = "merged"
    SPLIT = "split"


class ChangeKind(StrEnum):
    """What an entry of the directory log says happened."""

    REGION_ADDED = "region-added"
    REGION_ENDED = "region-ended"
    ORGAN_FOUNDED = "organ-founded"
    ORGAN_RENAMED = "organ-renamed"
    ORGAN_MERGED = "organ-merged"
    ORGAN_SPLIT = "organ-split"
    ORGAN_CONNECTED = "organ-connected"
    RELATION_ADDED = "relation-added"
    RELATION_ENDED = "relation-ended"
    SCOPE_ADDED = "scope-added"
    ACCOUNT_OPENED = "account-opened"
    ACCOUNT_CLOSED = "account-closed"
    POST_OPENED = "post-opened"
    APPOINTED = "appointed"
    TENURE_ENDED = "tenure-ended"
    COVERED = "covered"
    COVER_ENDED = "cover-ended"


ADMINISTRATORS: Final = frozenset({PostKind.AUDITOR, PostKind.SYSTEM_ADMINISTRATOR, PostKind.SECURITY_ADMINISTRATOR})
SINGLE_RELATIONS: Final = frozenset(set(RelationKind) - {RelationKind.COMPETENT_DEPT_OF})

BRANCH_TITLES: Final = {
    Branch.GOVERNMENT: "府",
    Branch.COURT: "院",
    Branch.PROCURATORATE: "检",
    Branch.PARTY: "党群",
    Branch.OTHER: "其他",
}
RELATION_TITLES: Final = {
    RelationKind.SUPERIOR_OF: "上级机关",
    RelationKind.GOVERNMENT_OF: "本级人民政府",
    RelationKind.COMPETENT_DEPT_OF: "主管部门",
    RelationKind.PEER_PROCURATORATE_OF: "同级人民检察院",
    RelationKind.OFFICE_OF: "领导小组办公室",
}
POST_TITLES: Final = {
    PostKind.LIAISON: "联络员",
    PostKind.HANDLER: "经办人",
    PostKind.HEAD: "负责人",
    PostKind.LEADER: "分管领导",
    PostKind.REVIEWER: "审核",
    PostKind.SIGNER: "签发",
    PostKind.OFFICE: "领导小组办公室",
    PostKind.AUDITOR: "审计管理员",
    PostKind.SYSTEM_ADMINISTRATOR: "系统管理员",
    PostKind.SECURITY_ADMINISTRATOR: "安全管理员",
}
CHANGE_TITLES: Final = {
    ChangeKind.REGION_ADDED: "区划生效",
    ChangeKind.REGION_ENDED: "区划撤销",
    ChangeKind.ORGAN_FOUNDED: "设立单位",
    ChangeKind.ORGAN_RENAMED: "单位更名",
    ChangeKind.ORGAN_MERGED: "单位合并",
    ChangeKind.ORGAN_SPLIT: "单位分立",
    ChangeKind.ORGAN_CONNECTED: "接入变更",
    ChangeKind.RELATION_ADDED: "建立关系",
    ChangeKind.RELATION_ENDED: "终止关系",
    ChangeKind.SCOPE_ADDED: "设立可见范围",
    ChangeKind.ACCOUNT_OPENED: "开设账号",
    ChangeKind.ACCOUNT_CLOSED: "停用账号",
    ChangeKind.POST_OPENED: "设立岗位",
    ChangeKind.APPOINTED: "任职",
    ChangeKind.TENURE_ENDED: "任职终止",
    ChangeKind.COVERED: "代理",
    ChangeKind.COVER_ENDED: "代理终止",
}
