"""Every setting of Plumbline. What differs between machines comes from the environment."""

import os
from pathlib import Path

from django.utils.csp import CSP

from config.environment import (
    broker,
    database,
    extractor,
    flag,
    listed,
    mailer,
    rate,
    secret_key,
    site_url,
    whole_number,
)
from config.logs import is_no_waiting

# Before numpy is loaded anywhere: its own threads wait for each other by spinning, and there are two
# cores for several processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything a running install writes: the embedded database, logs, process files.
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").resolve()

DEBUG = flag("DEBUG")
SECRET_KEY = secret_key(DATA_DIR)
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", default="localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS", default="")
VERSION = "0.1.0"

INSTALLED_APPS = [
    "config",
    "reports",
    "reviews",
    "claims",
    "sources",
    "accounts",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.navigation",
            ],
        },
    },
]
FORM_RENDERER = "config.forms.FormRenderer"

DATABASES = {"default": database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = os.environ.get("TIME_ZONE", "UTC")
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# The web process serves static files straight from the rooms: no collecting step to forget.
WHITENOISE_USE_FINDERS = True

# Uploads are bounded by the capture code at 20 MB; this refuses larger form bodies before they are read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    # Whoever is nobody gets no further; what somebody may stands in the first line of each view.
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["accounts.api.parsers.StrictJSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "accounts.api.negotiation.AlwaysTheSame",
    "DEFAULT_PAGINATION_CLASS": "accounts.api.paging.NewestFirst",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.api.throttling.TokenThrottle"],
    "DEFAULT_THROTTLE_RATES": {"token": rate("API_RATE", default="600/minute")},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "accounts.api.problems.as_problem",
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Plumbline",
    "DESCRIPTION": "What a desk's scripts may ask of its ledger and send to it.",
    "VERSION": VERSION,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "accounts.api.schema.add_problems",
    ],
}

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if flag("HTTPS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

# Only the tests, whose servers stand there, may let the fetcher reach loopback, on any port.
FETCH_ALLOW_LOOPBACK = flag("FETCH_ALLOW_LOOPBACK")

# How many feeds one sweep asks at a time, and how long each may take to answer.
FEEDS_AT_ONCE = whole_number("FEEDS_AT_ONCE", default=16, least=1, most=64)
FEEDS_SECONDS = whole_number("FEEDS_SECONDS", default=20, least=1, most=60)
# Of one host, over all processes: how many at a time, and the least time between two of them.
FEEDS_PER_HOST = whole_number("FEEDS_PER_HOST", default=2, least=1, most=64)
FEEDS_HOST_PAUSE = whole_number("FEEDS_HOST_PAUSE", default=1, least=0, most=3600)
# How far the time between two polls strays, so that feeds added together spread out.
FEEDS_JITTER = 0.1
# Pages that claims and evidence lean on are looked at again; 0 where the install must not ask the web.
WATCH_PAGES = flag("WATCH_PAGES", default=True)
# Texts of streams on which nothing leans go after so many days; 0 keeps them for good.
# More than this nobody reads; what is stronger than that is shown all the same.
SUGGESTIONS_PER_WEEK = whole_number("SUGGESTIONS_PER_WEEK", default=20, least=1, most=10_000)
PRUNE_AFTER_DAYS = whole_number("PRUNE_AFTER_DAYS", default=0, least=0, most=36_500)

MAILERS = {"default": mailer(DATA_DIR)}
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM") or "plumbline@localhost"
SITE_URL = site_url()

# A language model that reads each text a second time; None where there is none.
EXTRACTOR = extractor()

CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = broker(DATABASES["default"])
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Two installs that share a RabbitMQ need different names.
CELERY_TASK_DEFAULT_QUEUE = os.environ.get("QUEUE", "plumbline")
# Quorum queues where RabbitMQ serves; other transports ignore it.
CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum" if CELERY_BROKER_URL.startswith("amqp") else None
CELERY_TASK_IGNORE_RESULT = True
# A task is a hint to look at the database: repeating one is harmless, losing one costs only delay.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_SOFT_TIME_LIMIT = 1740
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Nobody steers workers by message: what is to be done stands in the database.
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"no_waiting": {"()": "django.utils.log.CallbackFilter", "callback": is_no_waiting}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.request": {"filters": ["no_waiting"]},
        "pgmq": {"level": "WARNING"},
    },
}
