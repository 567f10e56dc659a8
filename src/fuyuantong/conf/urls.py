"""Every address of the site."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from fuyuantong.conf.login import LoginForm
from fuyuantong.conf.views import healthz

urlpatterns = [
    path("login", LoginView.as_view(authentication_form=LoginForm, redirect_authenticated_user=True), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("healthz", healthz, name="healthz"),
    path("", include("fuyuantong.desk.urls")),
]
