"""Every address of the calendar."""

from django.urls import path

from fuyuantong.desk.meetings import calendar_page

urlpatterns = [
    path("meetings", calendar_page.meetings, name="meetings"),
]
