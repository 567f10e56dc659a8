"""Every address of the desk."""

from django.urls import include, path

from fuyuantong.desk.chains_page import chains
from fuyuantong.desk.choices import choose_organ, choose_theme
from fuyuantong.desk.clock_page import clock_proof, clock_proof_file
from fuyuantong.desk.files import file, upload
from fuyuantong.desk.gallery import gallery
from fuyuantong.desk.guide import guide, guide_page
from fuyuantong.desk.matters.page import matter
from fuyuantong.desk.matters.recurrence import recurrence_page
from fuyuantong.desk.openings import opening, openings
from fuyuantong.desk.workbench import workbench

urlpatterns = [
    path("", include("fuyuantong.desk.ledger.urls")),
    path("", include("fuyuantong.desk.cases.urls")),
    path("", workbench, name="home"),
    path("organ", choose_organ, name="choose-organ"),
    path("theme", choose_theme, name="choose-theme"),
    path("matter/<uuid:uid>", matter, name="matter"),
    path("matter/<uuid:uid>/", include("fuyuantong.desk.matters.urls")),
    path("matter/<uuid:uid>/", include("fuyuantong.desk.matters.documents.urls")),
    path("matter/<uuid:uid>/clock/<str:name>/<int:lap>", clock_proof, name="clock-proof"),
    path("matter/<uuid:uid>/clock/<str:name>/<int:lap>/file", clock_proof_file, name="clock-proof-file"),
    path("file", upload, name="upload"),
    path("file/<int:pk>", file, name="file"),
    path("open", openings, name="openings"),
    path("open/<str:key>/<str:state>", opening, name="opening"),
    path("recurrences", recurrence_page, name="recurrences"),
    path("chains", chains, name="chains"),
    path("guide", guide, name="guide"),
    path("guide/<str:key>", guide_page, name="guide-page"),
    path("", include("fuyuantong.desk.plans.urls")),
    path("", include("fuyuantong.desk.obligations.urls")),
    path("", include("fuyuantong.desk.meetings.urls")),
    path("", include("fuyuantong.desk.notices.urls")),
    path("gallery", gallery, name="gallery"),
    path("", include("fuyuantong.desk.accounts.urls")),
    path("", include("fuyuantong.desk.organisation.urls")),
    path("administration/", include("fuyuantong.desk.administration.urls")),
]
