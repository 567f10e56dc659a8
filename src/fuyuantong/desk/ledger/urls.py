"""Every address of the ledger and of the search."""

from django.urls import path

from fuyuantong.desk.ledger import bulk, page, search_page, taken_away
from fuyuantong.desk.ledger.papers import pages as papers

urlpatterns = [
    path("ledger", page.ledger_page, name="ledger"),
    path("ledger/organs", page.organs, name="ledger-organs"),
    path("ledger/columns", page.choose_columns, name="ledger-columns"),
    path("ledger/view", page.keep_view, name="ledger-view"),
    path("ledger/view/drop", page.drop_view, name="ledger-view-drop"),
    path("ledger/bulk", bulk.bulk, name="ledger-bulk"),
    path("ledger/bulk/<slug:key>", bulk.bulk_done, name="ledger-bulk-done"),
    path("ledger/export", taken_away.export, name="ledger-export"),
    path("ledger/print", taken_away.print_out, name="ledger-print"),
    path("ledger/papers", papers.papers, name="papers"),
    path("ledger/papers/<uuid:table>", papers.table, name="papers-table"),
    path("ledger/papers/<uuid:table>/columns", papers.understand, name="papers-understand"),
    path("ledger/papers/<uuid:table>/confirm", papers.confirm, name="papers-confirm"),
    path("ledger/papers/<uuid:table>/away", papers.throw_away, name="papers-throw-away"),
    path("search", search_page.search, name="search"),
]
