"""Django settings of the commands that need no database: they start fast and leave nothing behind."""

SECRET_KEY = "these commands sign nothing"
INSTALLED_APPS = ["fuyuantong.conf.offline"]
DATABASES: dict[str, dict[str, object]] = {}
AROUND_COMMANDS = "contextlib.nullcontext"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
