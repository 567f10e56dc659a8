# Django finds models by importing this package; nobody else imports from here.
from fuyuantong.plans.models import draft, due_item, obligation, organisation, plan, progress, unit_name  # noqa: F401
