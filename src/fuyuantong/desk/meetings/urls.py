"""Every address of the calendar."""

from django.urls import path

from fuyuantong.desk.meetings import calendar_page, feed

urlpatterns = [
    path("meetings", calendar_page.meetings, name="meetings"),
    path("calendar/<str:token>.ics", feed.feed, name="calendar-feed"),
]
