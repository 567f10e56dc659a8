"""Every address of the calendar."""

from django.urls import path

from fuyuantong.desk.meetings import calendar_page, feed, figures

urlpatterns = [
    path("meetings", calendar_page.meetings, name="meetings"),
    path("meetings/figures", figures.figures, name="meeting-figures"),
    path("calendar/<str:token>.ics", feed.feed, name="calendar-feed"),
]
