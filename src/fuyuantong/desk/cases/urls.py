"""Every address of the cases."""

from django.urls import path

from fuyuantong.desk.cases import api, begin, bulletins, feeds, hearings, pages, published, statement, warnings

urlpatterns = [
    path("api/cases/statements", api.statements, name="case-statements"),
    path("cases", pages.case_list, name="cases"),
    path("cases/export", pages.case_export, name="cases-export"),
    path("cases/hearings", hearings.hearings, name="case-hearings"),
    path("cases/hearings/notify", hearings.notify, name="case-notify"),
    path("cases/new", statement.case_form, name="case-new"),
    path("cases/<int:pk>", pages.case, name="case"),
    path("cases/<int:pk>/correction", statement.case_form, name="case-correction"),
    path("cases/<int:pk>/begin", begin.begin, name="case-begin"),
    path("cases/bulletins", bulletins.bulletins, name="case-bulletins"),
    path("cases/bulletins/<uuid:pk>", bulletins.bulletin, name="case-bulletin"),
    path("cases/warnings", warnings.warnings, name="case-warnings"),
    path("cases/warnings/<uuid:pk>", warnings.warning, name="case-warning"),
    path("cases/warnings/<uuid:pk>/begin", warnings.begin, name="case-warning-begin"),
    path("cases/warnings/<uuid:pk>/let-be", warnings.let_be, name="case-warning-let-be"),
    path("cases/published", published.published, name="case-published"),
    path("cases/published/template", published.published_template, name="case-published-template"),
    path("cases/feeds", feeds.feeds, name="case-feeds"),
    path("cases/feeds/template", feeds.feed_template, name="case-template"),
    path("cases/feeds/<uuid:feed>", feeds.feed, name="case-feed"),
    path("cases/feeds/<uuid:feed>/again", feeds.feed_again, name="case-feed-again"),
    path("cases/feeds/<uuid:feed>/away", feeds.feed_away, name="case-feed-away"),
]
