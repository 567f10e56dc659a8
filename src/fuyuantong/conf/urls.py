"""Every address of the site."""

from django.urls import include, path

from fuyuantong.conf.views import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("fuyuantong.desk.urls")),
]
