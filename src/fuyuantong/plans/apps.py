"""Plans: documents that lay down who owes what, and the ledger of tasks that drives the work."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plan documents, what was read from them and decided by people, and the obligations in force."""

    name = "fuyuantong.plans"
    label = "plans"
    verbose_name = "方案"
