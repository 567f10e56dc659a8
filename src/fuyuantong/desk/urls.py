"""Every address of the desk."""

from django.urls import include, path

from fuyuantong.desk.choices import choose_organ, choose_theme
from fuyuantong.desk.clock_page import clock_proof, clock_proof_file
from fuyuantong.desk.gallery import gallery
from fuyuantong.desk.ledger_page import ledger_page
from fuyuantong.desk.matter_page import matter
from fuyuantong.desk.openings import openings
from fuyuantong.desk.workbench import workbench

urlpatterns = [
    path("", workbench, name="home"),
    path("organ", choose_organ, name="choose-organ"),
    path("theme", choose_theme, name="choose-theme"),
    path("ledger", ledger_page, name="ledger"),
    path("search", ledger_page, name="search"),
    path("matter/<uuid:uid>", matter, name="matter"),
    path("matter/<uuid:uid>/clock/<str:name>/<int:lap>", clock_proof, name="clock-proof"),
    path("matter/<uuid:uid>/clock/<str:name>/<int:lap>/file", clock_proof_file, name="clock-proof-file"),
    path("open", openings, name="openings"),
    path("gallery", gallery, name="gallery"),
    path("", include("fuyuantong.desk.accounts.urls")),
]
