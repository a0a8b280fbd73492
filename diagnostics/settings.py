"""All settings. Those that may differ between installations come from environment variables."""

from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import django_stubs_ext

from diagnostics import environment as env
from rules.document.limits import CHOICE_LIMIT, CONDITION_LIMIT, MAX_FILE_BYTES

django_stubs_ext.monkeypatch()  # before any class of Django names its types, as ModelAdmin[Guide]

BASE_DIR = Path(__file__).resolve().parent.parent
ADMIN_PATH = "/admin/"  # the beginning of the paths of all pages that editors see
DATA_DIR = BASE_DIR / ".data"  # created by the first command, ignored by git

# These values come from the environment.
DEBUG = env.read_boolean("DEBUG")
DATABASES = {"default": env.read_database(DATA_DIR / "db.sqlite3")}
SECRET_KEY = env.read_secret_key(DATABASES["default"])
CACHES = {"default": env.read_cache()}
PUBLIC_URL = env.read_origin("PUBLIC_URL")
HSTS_SUBDOMAINS = env.read_boolean("HSTS_SUBDOMAINS")
PROXIES = env.read_number("PROXIES", 0, least=0, most=9)
SUPPORT_URL = env.read_url("SUPPORT_URL", "https://support.pix.fr")
SECURITY_CONTACT = env.read_contacts("SECURITY_CONTACT")
SESSION_DAYS = env.read_number("SESSION_DAYS", 30)
FRAME_ANCESTORS = env.read_origins("FRAME_ANCESTORS")
CORS_ALLOWED_ORIGINS = env.read_origins("CORS_ALLOWED_ORIGINS")
CSRF_TRUSTED_ORIGINS = env.read_origins("CSRF_TRUSTED_ORIGINS")
SENTRY_DSN = env.read_sentry_dsn("SENTRY_DSN")
THROTTLING = env.read_boolean("THROTTLING", "on")
WORKERS = env.read_number("WEB_CONCURRENCY", 1)  # as gunicorn names it
SERVER_THREADS = 4  # of each worker that `start` runs
TWO_FACTORS = env.read_boolean("TWO_FACTORS")
ADMIN_IDLE_MINUTES = env.read_number("ADMIN_IDLE_MINUTES", 60)
ALLOWED_HOSTS = env.read_hosts("ALLOWED_HOSTS") or [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *filter(None, [urlsplit(PUBLIC_URL).hostname]),
]

INSTALLED_APPS = [
    "diagnostics",  # before the admin, so that its templates may replace the admin's
    "rules",
    "diagnostics.apps.GuardedAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "diagnostics.databases.waits.DatabasePatienceMiddleware",  # before all that asks the database
    "diagnostics.browser_policy.BrowserPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "diagnostics.probes.ProbeMiddleware",  # before anything that looks at the host
    "diagnostics.middleware.CompressionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # before the CSP: static files need none
    "csp.middleware.CSPMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "diagnostics.middleware.PublicCookieMiddleware",
    "diagnostics.middleware.BodyLimitMiddleware",
    "diagnostics.logins.idle_sessions.PatientSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "diagnostics.logins.idle_sessions.IdleSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "diagnostics.middleware.MethodRefusalMiddleware",
]

ROOT_URLCONF = "diagnostics.urls"
FORCE_SCRIPT_NAME = ""  # the site is served from the root, whatever a request says (SCRIPT_NAME)
WSGI_APPLICATION = "diagnostics.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # a clone serves its files without collectstatic
WHITENOISE_ALLOW_ALL_ORIGINS = False  # other sites load one script, which needs no CORS

# Security. Everything that needs https follows from PUBLIC_URL.
HTTPS = PUBLIC_URL.startswith("https:")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REDIRECT_EXEMPT = [
    "^(healthz|readyz)$"
]  # whoever asks these may come by http and IP address
SECURE_SSL_HOST = urlsplit(PUBLIC_URL).netloc  # the redirect leads there, whatever host is asked
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS and HSTS_SUBDOMAINS
# Other services of the domain may not have https yet, so this is not asked of every installation.
SILENCED_SYSTEM_CHECKS = [] if HSTS_SUBDOMAINS else ["security.W005", "security.W021"]
# Anybody may send this header. It only ends the redirect to https, which nobody has to follow:
# addresses begin with PUBLIC_URL, and cookies are secure, whatever it says.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"  # whoever knows the address of a diagnostic may open it
SECURE_CROSS_ORIGIN_OPENER_POLICY = None  # diagnostics.browser_policy says it of pages only
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = ADMIN_PATH  # public pages never get a cookie
SESSION_COOKIE_AGE = 60 * ADMIN_IDLE_MINUTES  # diagnostics.logins.idle_sessions puts it off
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # so a session ends where it is stored, not by its cookie
LOGIN_REDIRECT_URL = "admin:index"  # where a login leads that asks for no page of this site
OTP_TOTP_ISSUER = "Diagnostics guidés"  # how the application of a second factor names this site
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0  # diagnostics.logins.login_limits does
CSRF_FAILURE_VIEW = "diagnostics.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie either
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],  # public pages replace it (diagnostics.framing)
    }
}
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"  # which no page needs, nor may a page in a frame ask for it
    for feature in (
        "camera",
        "display-capture",
        "geolocation",
        "hid",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
)

# The forms of the admin. The one with the most fields is that of a rule, if it is sent without
# scripts: for each condition a tick for each choice and 6 other fields, and 20 fields of the page.
# (That of a question sends 8 fields for each choice, 1,600 in all.) The form with the longest texts
# holds the text of a whole file. Public pages and the API take shorter bodies, which limits their
# fields too.
DATA_UPLOAD_MAX_NUMBER_FIELDS = CONDITION_LIMIT.maximum * (CHOICE_LIMIT.maximum + 6) + 20
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_FILE_BYTES + 256 * 1024

# How long a request may wait for the database. If all threads wait at once, a request that queues behind
# them may then await a connection for two seconds more: no answer takes more than five seconds.
DATABASE_SECONDS = 3  # in all
DATABASE_LOCK_SECONDS = 2  # for one lock

# The API, and the lengths of bodies.
BODY_LIMIT = 64 * 1024  # bytes, for the API and the public pages
BATCH_BODY_LIMIT = 2 * 1024 * 1024  # bytes, for many rows or a whole class in one call
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_PARSER_CLASSES": ["diagnostics.api.strict_json.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "diagnostics.api.strict_json.AlwaysJSON",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "diagnostics.api.refusals.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
}
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_METHODS = ["GET", "POST", "PUT", "DELETE", "OPTIONS"]
CORS_EXPOSE_HEADERS = ["ETag", "Guide-Version", "Location", "Retry-After"]
SPECTACULAR_SETTINGS = {
    "TITLE": "Diagnostics guidés de Pix",
    "DESCRIPTION": "Poser les questions d’un guide, enregistrer les réponses, obtenir les conseils.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PATH_CONVERTER_OVERRIDES": {"any-case-uuid": UUID},
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "diagnostics.api.openapi.close_bodies",
        "diagnostics.api.openapi.declare_batches",
        "diagnostics.api.openapi.declare_limits",
    ],
}

# Logs. Addresses of diagnostics are masked, request lines are not logged at all, and repeated warnings
# and errors are counted.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "console": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {
        "console": {"class": "diagnostics.logs.console_log.ConsoleHandler", "formatter": "console"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.db.backends": {"level": "INFO"},  # its debug lines would hold answers
        "django.template": {"level": "INFO"},  # so would these
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "gunicorn.error": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "waitress": {"level": "WARNING"},  # its other lines name addresses
        "waitress.queue": {"level": "ERROR"},  # it warns of each request that waits for a thread
    },
}
