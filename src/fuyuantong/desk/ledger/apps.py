"""The ledger as an application: what people keep of it for themselves."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Saved views, chosen columns, tables on their way in."""

    name = "fuyuantong.desk.ledger"
    label = "ledger"
