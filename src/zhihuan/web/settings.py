"""Django's settings, all of them from the environment, safe when nothing is set.

Importing this module creates the home folder and its keys on first run; it opens no database and
no store. What each variable means: ``environment.yaml``; what is unsafe: ``zhihuan check``.
"""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.places.packaged import find_city
from zhihuan.web import databases, keys
from zhihuan.web.environment import read
from zhihuan.web.operations.logs import logging_settings
from zhihuan.web.sign_in.provider import unified_providers

HERE = Path(__file__).resolve().parent
HOME = Path(read("ZHIHUAN_HOME")).expanduser().resolve()

DEBUG = read("ZHIHUAN_DEBUG")
SECRET_KEY = keys.secret_key(HOME, read("ZHIHUAN_SECRET_KEY"))
ZHIHUAN_SEALING_KEYS = keys.sealing_keys(HOME, read("ZHIHUAN_SEALING_KEYS"))
ALLOWED_HOSTS = read("ZHIHUAN_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = read("ZHIHUAN_TRUSTED_ORIGINS")

ZHIHUAN_HOME = HOME
ZHIHUAN_STORE_URL = read("ZHIHUAN_STORE_URL") or f"chdb://{HOME / 'telemetry'}"
ZHIHUAN_WEB_ADDRESS = read("ZHIHUAN_WEB_ADDRESS")
ZHIHUAN_PARTS = frozenset(part.lower() for part in read("ZHIHUAN_PARTS"))
ZHIHUAN_GATEWAY_ADDRESS = read("ZHIHUAN_GATEWAY_ADDRESS")
ZHIHUAN_GATEWAY_NAME = read("ZHIHUAN_GATEWAY_NAME")
ZHIHUAN_GATEWAY_TLS_CERTIFICATE = read("ZHIHUAN_GATEWAY_TLS_CERTIFICATE")
ZHIHUAN_GATEWAY_TLS_KEY = read("ZHIHUAN_GATEWAY_TLS_KEY")
ZHIHUAN_GATEWAY_TLS_CLIENT_CA = read("ZHIHUAN_GATEWAY_TLS_CLIENT_CA")
ZHIHUAN_GATEWAY_TRUSTED_PROXIES = read("ZHIHUAN_GATEWAY_TRUSTED_PROXIES")
ZHIHUAN_GATEWAY_CONNECTIONS = read("ZHIHUAN_GATEWAY_CONNECTIONS")
ZHIHUAN_GATEWAY_CONNECTIONS_PER_ADDRESS = read("ZHIHUAN_GATEWAY_CONNECTIONS_PER_ADDRESS")
ZHIHUAN_CITY = read("ZHIHUAN_CITY")
ZHIHUAN_ORGANISATION = read("ZHIHUAN_ORGANISATION")
ZHIHUAN_PLATFORM_NAME = read("ZHIHUAN_PLATFORM_NAME")
ZHIHUAN_SITE_NUMBERS = read("ZHIHUAN_SITE_NUMBERS")
ZHIHUAN_TIANDITU_KEY = read("ZHIHUAN_TIANDITU_KEY")
ZHIHUAN_METRICS_TOKEN = read("ZHIHUAN_METRICS_TOKEN")
ZHIHUAN_LIVE_SECONDS = read("ZHIHUAN_LIVE_SECONDS")
ZHIHUAN_LIVE_CLIENTS = read("ZHIHUAN_LIVE_CLIENTS")
ZHIHUAN_SESSION_MAX_HOURS = read("ZHIHUAN_SESSION_MAX_HOURS")
ZHIHUAN_WALL_HOURS = read("ZHIHUAN_WALL_HOURS")
ZHIHUAN_SESSIONS_PER_PERSON = read("ZHIHUAN_SESSIONS_PER_PERSON")
ZHIHUAN_SECOND_FACTOR_ROLES = read("ZHIHUAN_SECOND_FACTOR_ROLES")
ZHIHUAN_OIDC_SERVER = read("ZHIHUAN_OIDC_SERVER")
ZHIHUAN_OIDC_CLIENT_ID = read("ZHIHUAN_OIDC_CLIENT_ID")
ZHIHUAN_OIDC_CLIENT_SECRET = read("ZHIHUAN_OIDC_CLIENT_SECRET")
ZHIHUAN_OIDC_CLAIM = read("ZHIHUAN_OIDC_CLAIM")
ZHIHUAN_OIDC_NAME = read("ZHIHUAN_OIDC_NAME")
ZHIHUAN_COMMAND_MINUTES = read("ZHIHUAN_COMMAND_MINUTES")
ZHIHUAN_QUARANTINE_DAYS = read("ZHIHUAN_QUARANTINE_DAYS")
ZHIHUAN_MESSAGE_DAYS = read("ZHIHUAN_MESSAGE_DAYS")
ZHIHUAN_API_PER_CALLER = read("ZHIHUAN_API_PER_CALLER")
ZHIHUAN_API_PER_ADDRESS = read("ZHIHUAN_API_PER_ADDRESS")
ZHIHUAN_TOKEN_DAYS = read("ZHIHUAN_TOKEN_DAYS")
ZHIHUAN_WEBHOOK_HOSTS = read("ZHIHUAN_WEBHOOK_HOSTS")
ZHIHUAN_PAGES_AT_ONCE = read("ZHIHUAN_PAGES_AT_ONCE")
ZHIHUAN_PAGE_PROCESSES = read("ZHIHUAN_PAGE_PROCESSES")
ZHIHUAN_VAULT_IMAGE_MB = read("ZHIHUAN_VAULT_IMAGE_MB")
ZHIHUAN_VAULT_DOCUMENT_MB = read("ZHIHUAN_VAULT_DOCUMENT_MB")
ZHIHUAN_VAULT_TABLE_MB = read("ZHIHUAN_VAULT_TABLE_MB")
ZHIHUAN_VAULT_MEDIA_MB = read("ZHIHUAN_VAULT_MEDIA_MB")
ZHIHUAN_VAULT_REFUSED_DAYS = read("ZHIHUAN_VAULT_REFUSED_DAYS")
ZHIHUAN_VAULT_UNCLAIMED_DAYS = read("ZHIHUAN_VAULT_UNCLAIMED_DAYS")
ZHIHUAN_VISIT_HOURS = read("ZHIHUAN_VISIT_HOURS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "zhihuan.bureau.places.apps.PlacesConfig",
    "zhihuan.bureau.people.apps.PeopleConfig",
    "zhihuan.bureau.audit.apps.AuditConfig",
    "zhihuan.bureau.history.apps.HistoryConfig",
    "zhihuan.bureau.registry.apps.RegistryConfig",
    "zhihuan.bureau.acquisition.apps.AcquisitionConfig",
    "zhihuan.bureau.access.apps.AccessConfig",
    "zhihuan.bureau.search.apps.SearchConfig",
    "zhihuan.bureau.events.apps.EventsConfig",
    "zhihuan.bureau.webhooks.apps.WebhooksConfig",
    "zhihuan.bureau.sums.apps.SumsConfig",
    "zhihuan.bureau.matters.apps.MattersConfig",
    "zhihuan.bureau.vault.apps.VaultConfig",
    "zhihuan.bureau.identities.apps.IdentitiesConfig",  # seals before documents are made
    "zhihuan.bureau.documents.apps.DocumentsConfig",
    "zhihuan.bureau.field_records.apps.FieldRecordsConfig",
    "zhihuan.bureau.inbox.apps.InboxConfig",
    "zhihuan.bureau.compliance.apps.ComplianceConfig",
    "zhihuan.bureau.exceedance.apps.ExceedanceConfig",
    "zhihuan.lines.plan_filing.apps.PlanFilingConfig",
    "zhihuan.lines.enforcement.apps.EnforcementConfig",
    "zhihuan.lines.inspection.apps.InspectionConfig",
    "zhihuan.lines.clues.apps.CluesConfig",
    "zhihuan.lines.measures.apps.MeasuresConfig",
    "zhihuan.indicators.apps.IndicatorsConfig",
    "zhihuan.web.apps.WebConfig",
]

MIDDLEWARE = [
    "zhihuan.web.operations.requests.Observed",
    "zhihuan.web.proxy.ForwardedFor",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zhihuan.web.session_use.RenewedByUse",
    "zhihuan.web.language.ChosenLanguage",
    "zhihuan.web.malformed.RefuseNul",
    "zhihuan.web.unavailable.DatabaseTrouble",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhihuan.web.session_use.EndsAtLast",
    "zhihuan.web.wall_display.OnlyLooks",
    "zhihuan.web.sign_in_required.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zhihuan.web.sign_in.duties.DutiesFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "zhihuan.web.urls"
ASGI_APPLICATION = "zhihuan.web.asgi.application"
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": databases.parse(read("ZHIHUAN_DATABASE_URL"), HOME)}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhihuan.web.shell.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- language, time -------------------------------------------------------------------------
# The source of every text is Simplified Chinese; other languages are translations of it.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英文"))]
LANGUAGE_COOKIE_NAME = "zhihuan_language"
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- people ---------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["zhihuan.bureau.people.backend.RoleBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "zhihuan.bureau.people.password_validators.LongAndMixed"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "zhihuan.bureau.people.password_validators.NotUsedBefore"},
]
# How allauth signs people in: by account name, with our forms; nobody signs up, nothing is mailed.
_SIGN_IN = "zhihuan.web.sign_in"
ACCOUNT_ADAPTER = f"{_SIGN_IN}.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_LOGIN_TIMEOUT = 300
# Guessing is slowed by zhihuan.bureau.people.sign_in: allauth counts per process and per office.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": f"{_SIGN_IN}.form.SignInForm",
    "reauthenticate": f"{_SIGN_IN}.own_forms.ConfirmForm",
}
MFA_ADAPTER = f"{_SIGN_IN}.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "activate_totp": f"{_SIGN_IN}.own_forms.AppForm",
    "add_webauthn": f"{_SIGN_IN}.own_forms.KeyNameForm",
    "authenticate": f"{_SIGN_IN}.factor_form.CodeForm",
    "authenticate_webauthn": f"{_SIGN_IN}.factor_form.KeyForm",
    "reauthenticate": f"{_SIGN_IN}.factor_form.CodeAgainForm",
    "reauthenticate_webauthn": f"{_SIGN_IN}.factor_form.KeyAgainForm",
}
SOCIALACCOUNT_ADAPTER = f"{_SIGN_IN}.unified.UnifiedSignOn"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
# A link, not a form: a browser applies form-action to every redirect that follows a form.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = unified_providers(
    server=ZHIHUAN_OIDC_SERVER,
    client_id=ZHIHUAN_OIDC_CLIENT_ID,
    secret=ZHIHUAN_OIDC_CLIENT_SECRET,
    name=ZHIHUAN_OIDC_NAME,
    claim=ZHIHUAN_OIDC_CLAIM,
)

# --- what browsers may do -------------------------------------------------------------------
_TILES = ["https://*.tianditu.gov.cn"] if ZHIHUAN_TIANDITU_KEY else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_TILES],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

HTTPS = read("ZHIHUAN_HTTPS")
BEHIND_PROXY = read("ZHIHUAN_BEHIND_PROXY")
SECURE_SSL_REDIRECT = HTTPS
# The machine's own health checks and metrics come over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|livez|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "zhihuan_session"
SESSION_COOKIE_AGE = int(read("ZHIHUAN_SESSION_HOURS") * 3600)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "zhihuan_csrf"
CSRF_FAILURE_VIEW = "zhihuan.web.errors.csrf_failure"

# --- static files ---------------------------------------------------------------------------
# Served from where they are (finders): nothing to collect, in a checkout as in a wheel.
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static", ("live/map", find_city(ZHIHUAN_CITY))]
WHITENOISE_USE_FINDERS = True
# What Vite built carries a hash in its name: a browser asks for it once.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/.+-[\w-]{8}\.(js|css)$"
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- limits ---------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_HANDLERS = ["zhihuan.bureau.vault.uploading.BoundedUpload"]

LOGGING = logging_settings(read("ZHIHUAN_LOG_LEVEL"), read("ZHIHUAN_LOG_FORMAT"))
