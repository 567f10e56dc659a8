"""Django settings; what differs from place to place comes from the environment: see docs/operations.md."""

import os
from pathlib import Path

from fuyuantong.conf.data_dir import data_dir, kept_secret
from fuyuantong.conf.databases import databases
from fuyuantong.conf.postgres.roles import APP_ROLE as APP_ROLE_NAME
from fuyuantong.conf.proxies import trusted_proxies
from fuyuantong.conf.single_sign_on import providers
from fuyuantong.notices.gateway import gateways_from

PACKAGE = Path(__file__).resolve().parent

DATA_DIR = data_dir()
SECRET_KEY = kept_secret(DATA_DIR / "secret_key")
DEBUG = os.environ.get("DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "fuyuantong.conf",
    "fuyuantong.conf.offline",
    "fuyuantong.desk",
    "fuyuantong.desk.ledger",
    "fuyuantong.organs",
    "fuyuantong.accounts",
    "fuyuantong.matters",
    "fuyuantong.registers.cases",
    "fuyuantong.notices",
    "fuyuantong.plans",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fuyuantong.conf.page_rules.PageRules",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fuyuantong.desk.accounts.gate.Gate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "fuyuantong.conf.urls"
SILENCED_SYSTEM_CHECKS = [
    "urls.W002"
]  # addresses end without a slash, and what belongs to a matter goes on from its own
WSGI_APPLICATION = "fuyuantong.conf.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = databases(DATA_DIR)
AROUND_COMMANDS = "fuyuantong.conf.database_at_hand.database_at_hand"
APP_ROLE = APP_ROLE_NAME
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "organs.Account"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "fuyuantong.accounts.password_rules.NotLikeTheName"},
    {"NAME": "fuyuantong.accounts.password_rules.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "fuyuantong.accounts.password_rules.NotWellKnown"},
    {"NAME": "fuyuantong.accounts.password_rules.KindsOfCharacters"},
    {"NAME": "fuyuantong.accounts.password_rules.NotTheSame"},
]

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# django-allauth signs people in; where it asks us, see accounts/adapters.py and docs/adr/0006-signing-in.md
ACCOUNT_ADAPTER = "fuyuantong.accounts.adapters.Doorkeeper"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # ours are in the database: accounts/guarding.py
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {
    "login": "fuyuantong.accounts.forms.SignIn",
    "change_password": "fuyuantong.accounts.forms.ChangePassword",
}
MFA_ADAPTER = "fuyuantong.accounts.adapters.FactorKeeper"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RATE_LIMITS = False
MFA_TOTP_ISSUER = "府院通"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 20
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "fuyuantong.accounts.forms.SecondStepByCode",
    "reauthenticate": "fuyuantong.accounts.forms.AgainByCode",
    "authenticate_webauthn": "fuyuantong.accounts.forms.SecondStepByKey",
    "reauthenticate_webauthn": "fuyuantong.accounts.forms.AgainByKey",
    "generate_recovery_codes": "fuyuantong.accounts.forms.PrintCodes",
}
USERSESSIONS_TRACK_ACTIVITY = False  # ours writes once a minute: desk/accounts/gate.py
SOCIALACCOUNT_ADAPTER = "fuyuantong.accounts.adapters.OutsideDoor"
SOCIALACCOUNT_PROVIDERS = providers(os.environ)
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that ends elsewhere is stopped by the policy of our pages
OIDC_USERNAME_CLAIM = os.environ.get("OIDC_USERNAME_CLAIM", "preferred_username")
# proxies before us that add to X-Forwarded-For: without them the header is anybody's word
ALLAUTH_TRUSTED_PROXY_COUNT = trusted_proxies(os.environ)

# the ways outward of notices: see docs/notices.md; mail is off until there is somebody from whom it comes
SITE_URL = os.environ.get("SITE_URL", "")
# which function answers how a row of a register stands: registers stand above the matters that ask
REGISTERS = {"court-case": "fuyuantong.registers.cases.standing.row_now"}
NOTICE_GATEWAYS = gateways_from(os.environ)
NOTICE_MAIL_FROM = os.environ.get("MAIL_FROM", "")
EMAIL_HOST = os.environ.get("MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MAIL_PASSWORD", "")
EMAIL_USE_SSL = os.environ.get("MAIL_SSL") == "1"
EMAIL_TIMEOUT = 10

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# one for all web processes: a code used in one is used in all
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}

# files of matters, by their digest: see matters/services/files.py
MEDIA_ROOT = DATA_DIR / "storage"
STORAGES = {
    "default": {"BACKEND": "fuyuantong.conf.durable_files.DurableFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

STATIC_URL = "static/"
# served from the packages themselves: nothing to collect on a first start
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/desk/vendor/"  # the version is in the name

# behind a TLS proxy HTTPS=1 makes the cookies secure and insists on it; plain http is for this machine alone
HTTPS = os.environ.get("HTTPS") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_SECONDS = 3600  # without a sign of life for so long, a session ends
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
