"""Django's name tag of accounts: signing in, second factors, sessions, the security log."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class AccountsConfig(AppConfig):
    """Register under the label `accounts`."""

    name = "fuyuantong.accounts"
    label = "accounts"
    verbose_name = "账号安全"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # models can be imported from now on, not while this file is
        import_string("fuyuantong.accounts.factor_log.listen")()
