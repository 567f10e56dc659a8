"""Addresses of notices."""

from django.urls import path

from fuyuantong.desk.notices.notices_page import notices, open_notice, read_everything
from fuyuantong.desk.notices.wishes_page import wishes

urlpatterns = [
    path("notices", notices, name="notices"),
    path("notices/read", read_everything, name="read-notices"),
    path("notices/<int:pk>", open_notice, name="open-notice"),
    path("notices/wishes", wishes, name="notice-wishes"),
]
