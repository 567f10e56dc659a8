# Django finds models by importing this package; nobody else imports from here.
from fuyuantong.registers.cases.models import case, feed, publication, sight, telling, warning  # noqa: F401
