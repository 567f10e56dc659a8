# Django finds models by importing this package; nobody else imports from here.
from fuyuantong.matters.models import (  # noqa: F401
    clock,
    counter,
    declaration,
    file,
    fund,
    link,
    matter,
    notice,
    number,
    outbox,
    party,
    place_setting,
    record,
    row,
    secret,
    slip,
)
