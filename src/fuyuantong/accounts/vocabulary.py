"""The closed lists of accounts: what the security log tells, and where it was entered from."""

from enum import StrEnum
from typing import Final


class SecurityKind(StrEnum):
    """What an entry of the security log says happened."""

    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    SIGNED_OUT = "signed-out"
    SESSION_ENDED = "session-ended"
    PASSWORD_CHANGED = "password-changed"
    PASSWORD_GIVEN = "password-given"
    FACTOR_ADDED = "factor-added"
    FACTOR_REMOVED = "factor-removed"
    CODES_PRINTED = "codes-printed"
    FACTOR_RULE_SET = "factor-rule-set"
    FEED_MADE = "feed-made"
    FEED_REVOKED = "feed-revoked"
    TOKEN_MADE = "token-made"
    TOKEN_REVOKED = "token-revoked"
    ADMINISTERED = "administered"
    READ_REFUSED = "read-refused"
    ADMINISTRATION_REFUSED = "administration-refused"
    TRAILS_VERIFIED = "trails-verified"


class GuardKind(StrEnum):
    """What is guarded against guessing: a password, an address that tries many of them, a second factor."""

    ACCOUNT = "account"
    ADDRESS = "address"
    FACTOR = "factor"


KIND_TITLES: Final = {
    SecurityKind.SIGNED_IN: "登录成功",
    SecurityKind.SIGN_IN_FAILED: "登录失败",
    SecurityKind.LOCKED: "锁定",
    SecurityKind.UNLOCKED: "解除锁定",
    SecurityKind.SIGNED_OUT: "退出",
    SecurityKind.SESSION_ENDED: "终止会话",
    SecurityKind.PASSWORD_CHANGED: "修改密码",
    SecurityKind.PASSWORD_GIVEN: "发放初始密码",
    SecurityKind.FACTOR_ADDED: "启用第二验证",
    SecurityKind.FACTOR_REMOVED: "停用第二验证",
    SecurityKind.CODES_PRINTED: "换发口令表",
    SecurityKind.FACTOR_RULE_SET: "设定第二验证要求",
    SecurityKind.FEED_MADE: "生成日历订阅地址",
    SecurityKind.FEED_REVOKED: "撤销日历订阅地址",
    SecurityKind.TOKEN_MADE: "发放接口令牌",
    SecurityKind.TOKEN_REVOKED: "撤销接口令牌",
    SecurityKind.ADMINISTERED: "管理操作",
    SecurityKind.READ_REFUSED: "查看被拒",
    SecurityKind.ADMINISTRATION_REFUSED: "管理操作被拒",
    SecurityKind.TRAILS_VERIFIED: "留痕校验",
}
