"""Every address of plans and their drafts."""

from django.urls import path

from fuyuantong.desk.plans import documents, publish_page, row_page, units_page, version_page

urlpatterns = [
    path("plans", documents.plans, name="plans"),
    path("plans/<uuid:uid>", version_page.plan_version, name="plan"),
    path("plans/<uuid:uid>/next", documents.next_version, name="plan-next-version"),
    path("plans/<uuid:uid>/<int:number>", version_page.plan_version, name="plan-version"),
    path("plans/<uuid:uid>/<int:number>/file", documents.plan_file, name="plan-file"),
    path("plans/<uuid:uid>/<int:number>/abandon", documents.abandon_version, name="plan-abandon"),
    path("plans/<uuid:uid>/<int:number>/read", documents.read_file_again, name="plan-read-again"),
    path("plans/<uuid:uid>/<int:number>/rows", version_page.decide_rows, name="plan-rows"),
    path("plans/<uuid:uid>/<int:number>/rows/<int:row>", row_page.plan_row, name="plan-row"),
    path("plans/<uuid:uid>/<int:number>/sentence", row_page.plan_sentence, name="plan-sentence"),
    path("plans/<uuid:uid>/<int:number>/units", units_page.plan_units, name="plan-units"),
    path("plans/<uuid:uid>/<int:number>/comparison", publish_page.plan_comparison, name="plan-comparison"),
    path("plans/<uuid:uid>/<int:number>/publication", publish_page.plan_publication, name="plan-publication"),
]
