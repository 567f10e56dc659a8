"""The addresses of acts in one matter."""

from django.urls import path

from fuyuantong.desk.matters import acts

urlpatterns = [
    path("act/<str:move>", acts.act, name="act"),
    path("request/<str:wanted>", acts.ask, name="ask"),
    path("decline/<str:slip>", acts.refuse_request, name="refuse-request"),
    path("note", acts.note, name="note"),
    path("explain", acts.explain, name="explain"),
    path("assign", acts.hand_to, name="assign"),
    path("proposal", acts.decide_proposal, name="decide-proposal"),
]
