"""Every address of the desk."""

from django.urls import include, path

from fuyuantong.desk.choices import choose_organ, choose_theme
from fuyuantong.desk.clock_page import clock_proof, clock_proof_file
from fuyuantong.desk.files import file
from fuyuantong.desk.gallery import gallery
from fuyuantong.desk.ledger import page as ledger
from fuyuantong.desk.ledger import taken_away
from fuyuantong.desk.openings import opening, openings
from fuyuantong.desk.workbench import workbench

urlpatterns = [
    path("", workbench, name="home"),
    path("organ", choose_organ, name="choose-organ"),
    path("theme", choose_theme, name="choose-theme"),
    path("ledger", ledger.ledger_page, name="ledger"),
    path("ledger/organs", ledger.organs, name="ledger-organs"),
    path("ledger/columns", ledger.choose_columns, name="ledger-columns"),
    path("ledger/view", ledger.keep_view, name="ledger-view"),
    path("ledger/view/drop", ledger.drop_view, name="ledger-view-drop"),
    path("ledger/export", taken_away.export, name="ledger-export"),
    path("ledger/print", taken_away.print_out, name="ledger-print"),
    path("search", ledger.ledger_page, name="search"),
    path("matter/<uuid:uid>", include("fuyuantong.desk.matters.urls")),
    path("matter/<uuid:uid>/clock/<str:name>/<int:lap>", clock_proof, name="clock-proof"),
    path("matter/<uuid:uid>/clock/<str:name>/<int:lap>/file", clock_proof_file, name="clock-proof-file"),
    path("file/<int:pk>", file, name="file"),
    path("open", openings, name="openings"),
    path("open/<str:key>/<str:state>", opening, name="opening"),
    path("gallery", gallery, name="gallery"),
    path("", include("fuyuantong.desk.accounts.urls")),
]
