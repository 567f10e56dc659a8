# Django finds models by importing this package; nobody else imports from here.
from fuyuantong.matters.models import (  # noqa: F401
    clock,
    counter,
    declaration,
    file,
    fund,
    link,
    matter,
    number,
    outbox,
    party,
    record,
    row,
    secret,
    slip,
)
