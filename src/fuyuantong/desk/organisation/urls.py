"""Every address of the organisation of the cooperation."""

from django.urls import path

from fuyuantong.desk.organisation import page, taken_away

urlpatterns = [
    path("organisation", page.organisation, name="organisation"),
    path("organisation/take", page.take, name="organisation-take"),
    path("organisation/leave/<int:seat>", page.leave, name="organisation-leave"),
    path("organisation/adopt", page.adopt_plan, name="organisation-adopt"),
    path("organisation/sheet", taken_away.sheet, name="organisation-sheet"),
]
