"""The small components: what stands inside a line of text or a cell of a table, quick enough for long lists."""

from datetime import date, datetime
from functools import lru_cache
from uuid import uuid4

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.desk.organ_tags import OrganTag
from fuyuantong.desk.time_left import TimeLeft

register = template.Library()
WEEKDAYS = "一二三四五六日"


@register.simple_tag
def fresh_key() -> str:
    """Return a key by which the same form, sent twice, is one act."""
    return uuid4().hex


# what depends on its arguments alone is made once: a page of a list shows the same few organs and days again and again
@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> SafeString:
    """Return an icon of the sprite; without a label it is hidden from those who listen."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            label,
            static("desk/icons.svg"),
            name,
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("desk/icons.svg"), name)


@register.simple_tag
@lru_cache(maxsize=4096)
def organ(tag: OrganTag | None) -> SafeString | str:
    """Return an organ with the side on which it stands; nothing when there is none."""
    if tag is None:
        return ""
    return format_html(
        '<span class="organ"><span class="organ-side side-{}">{}</span>{}</span>', tag.branch, tag.letter, tag.short
    )


@register.simple_tag
@lru_cache(maxsize=4096)
def left(found: TimeLeft | None, nothing: str = "—") -> SafeString | str:
    """Return how long there is, with the day below it; a provisional day says so."""
    if found is None:
        return format_html('<span class="text-secondary">{}</span>', nothing)
    warning = (
        format_html('<span class="provisional">{} 年日历待国办通知</span>', found.due_on.year)
        if found.provisional
        else ""
    )
    return format_html(
        '<span class="left left-{}"><b>{}</b><time datetime="{}">{}</time>{}</span>',
        found.tone,
        found.words,
        found.due_on.isoformat(),
        day(found.due_on),
        warning,
    )


@register.filter
def day(value: date | None) -> str:
    """Return a day as people write it. Example: 2026-11-30 周一."""
    return f"{value:%Y-%m-%d} 周{WEEKDAYS[value.weekday()]}" if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """Return a day without its year. Example: 11-30 周一."""
    return f"{value:%m-%d} 周{WEEKDAYS[value.weekday()]}" if value else ""


@register.filter
def minute(value: datetime | None) -> str:
    """Return a moment in Shanghai. Example: 2026-11-22 周日 15:30."""
    if value is None:
        return ""
    local = value.astimezone(SHANGHAI)
    return f"{day(local.date())} {local:%H:%M}"


@register.filter
def second(value: datetime | None) -> str:
    """Return a moment in Shanghai to the second, for logs. Example: 2026-11-22 周日 15:30:05."""
    if value is None:
        return ""
    return f"{minute(value)}:{value.astimezone(SHANGHAI):%S}"
