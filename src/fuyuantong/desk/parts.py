"""三员分立: which of the three administrators does what; this table is the only one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fuyuantong.organs.vocabulary import PostKind


@dataclass(frozen=True, slots=True)
class Section:
    """One page from which an administrator begins."""

    title: str
    route: str
    icon: str
    note: str


PARTS: Final[Mapping[PostKind, tuple[Section, ...]]] = {
    PostKind.SYSTEM_ADMINISTRATOR: (
        Section("单位", "administration-organs", "building", "设立、更名、隶属关系、上线情况、岗位"),
        Section("账号", "administration-accounts", "users", "开设、停用、任职、代理、交接、初始密码、解除锁定"),
        Section("导入账号", "administration-import", "file-spreadsheet", "用 Excel 表批量开设，逐格核对"),
        Section("接口令牌", "administration-tokens", "key", "法院办案系统凭它导入案件：发放、撤销、最近使用"),
        Section("通知发送", "administration-dispatches", "send", "邮件和网关的发送情况，失败的重新发送"),
    ),
    PostKind.SECURITY_ADMINISTRATOR: (
        Section("机制设置", "administration-settings", "settings", "本地期限、抄送和指定单位、催督办阶梯"),
        Section("审签程序", "administration-chains", "list-check", "各单位须签发的事项依次经过哪些岗位"),
        Section("工作日历", "administration-calendar", "calendar", "节假日通知，采用前预览哪些期限会变"),
        Section("第二验证", "administration-factors", "fingerprint", "哪些单位必须使用第二验证"),
        Section("三员任命", "administration-administrators", "shield-lock", "任命和免去三类管理员"),
    ),
    PostKind.AUDITOR: (
        Section("安全日志", "administration-security-log", "report-search", "登录、锁定、密码、管理操作、被拒的查看"),
        Section("敏感信息查看", "administration-readings", "eye", "谁、何时、为什么查看了敏感内容"),
        Section("留痕校验", "administration-verification", "list-check", "逐件校验留痕链，看结果"),
        Section("机构变更日志", "administration-changes", "history", "机构、人员、任职的每一次变更"),
    ),
}
