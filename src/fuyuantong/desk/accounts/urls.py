"""Addresses of signing in and of one's own account; django-allauth finds its pages by these names."""

from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView
from allauth.socialaccount.providers.openid_connect.views import callback, login
from django.urls import path

from fuyuantong.desk.accounts import own_account, own_feed, own_pages

urlpatterns = [
    path("login", LoginView.as_view(), name="login"),
    path("login", LoginView.as_view(), name="account_login"),
    path("login/second", AuthenticateView.as_view(), name="mfa_authenticate"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("logout", LogoutView.as_view(), name="account_logout"),
    path("account", own_account.own_account, name="own-account"),
    path("account", own_account.own_account, name="mfa_index"),
    path("account/sessions/<int:session_id>/end", own_account.end, name="end-session"),
    path("account/sessions/end", own_account.end_others, name="end-other-sessions"),
    path("account/calendar", own_feed.make, name="make-feed"),
    path("account/calendar/revoke", own_feed.revoke, name="revoke-feed"),
    path("account/again", own_pages.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("account/again/code", own_pages.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("account/again/key", own_pages.KeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("account/password", own_pages.ChangePassword.as_view(), name="account_change_password"),
    path("account/authenticator", own_pages.AddAuthenticator.as_view(), name="mfa_activate_totp"),
    path("account/authenticator/off", own_pages.RemoveAuthenticator.as_view(), name="mfa_deactivate_totp"),
    path("account/keys", own_pages.AddKey.as_view(), name="mfa_add_webauthn"),
    path("account/keys/<int:pk>/remove", own_pages.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("account/codes", own_pages.PrintCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("account/codes/sheet", own_pages.CodeSheet.as_view(), name="mfa_view_recovery_codes"),
    path("login/outside/refused", own_pages.outside_refused, name="account_single_sign_on_refused"),
    path("login/outside/cancelled", own_pages.outside_refused, name="socialaccount_login_cancelled"),
    path("login/outside/<str:provider_id>", login, name="openid_connect_login"),
    path("login/outside/<str:provider_id>/back", callback, name="openid_connect_callback"),
]
