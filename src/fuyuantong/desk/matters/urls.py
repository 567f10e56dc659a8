"""The addresses of acts and further pages of one matter."""

from django.urls import path

from fuyuantong.desk.matters import acts
from fuyuantong.desk.matters.correcting import correcting
from fuyuantong.desk.matters.recurrence import judge, recurrence_part
from fuyuantong.desk.matters.row_tables import template
from fuyuantong.desk.matters.sheet import sheet
from fuyuantong.desk.matters.unmask import unmasking
from fuyuantong.desk.matters.why import why

urlpatterns = [
    path("act/<str:move>", acts.act, name="act"),
    path("act/<str:move>/sheet/<str:field>", template, name="row-sheet"),
    path("request/<str:wanted>", acts.ask, name="ask"),
    path("decline/<str:slip>", acts.refuse_request, name="refuse-request"),
    path("note", acts.note, name="note"),
    path("correct/<int:seq>", correcting, name="correct"),
    path("explain", acts.explain, name="explain"),
    path("set-aside", acts.set_aside, name="set-aside"),
    path("assign", acts.hand_to, name="assign"),
    path("why", why, name="why"),
    path("unmask", unmasking, name="unmask"),
    path("sheet", sheet, name="sheet"),
    path("recurrence", recurrence_part, name="recurrence-part"),
    path("recurrence/judge", judge, name="judge-recurrence"),
    path("proposal", acts.decide_proposal, name="decide-proposal"),
]
