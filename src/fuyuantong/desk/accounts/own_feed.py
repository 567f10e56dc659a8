"""日历订阅: the private address of one's own calendar, made, shown once, and revoked."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fuyuantong.accounts.adapters import origin_of
from fuyuantong.accounts.calendar_feeds import make_feed, revoke_feed
from fuyuantong.desk.accounts.own_account import own_page
from fuyuantong.desk.visit import Visit, at_desk


@never_cache
@require_POST
@at_desk
def make(visit: Visit) -> HttpResponse:
    """Make an address, which ends the one before, and show it this once."""
    token = make_feed(visit.account, origin=origin_of(visit.request), now=visit.now)
    path = reverse("calendar-feed", args=[token])
    site = settings.SITE_URL.rstrip("/")
    return own_page(visit, feed_address=f"{site}{path}" if site else visit.request.build_absolute_uri(path))


@require_POST
@at_desk
def revoke(visit: Visit) -> HttpResponse:
    """End the address."""
    revoke_feed(visit.account, origin=origin_of(visit.request), now=visit.now)
    messages.success(visit.request, "订阅地址已撤销，用它订阅的日历不再更新。")
    return redirect("own-account")
