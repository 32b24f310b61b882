"""All settings. With no environment at all the portal runs locally; see .env.example.

`PORTAL_ENV=production` accepts no default that matters and names what is missing.
"""

import hashlib
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from campaign_portal.environment import (
    Environment,
    bells,
    broker_url,
    kept_text,
    mail_settings,
    private_folder,
)

env = Environment()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- Mode -----------------------------------------------------------------------------------
PORTAL_ENV = env.choice("PORTAL_ENV", ["local", "production"])
PRODUCTION = PORTAL_ENV == "production"
DEBUG = env.flag("PORTAL_DEBUG")
if PRODUCTION and DEBUG:
    env.problems.append("正式运行不得设 PORTAL_DEBUG")

PORTAL_NAME = env.text("PORTAL_NAME", "亮比评创 · 党建活动门户")
PORTAL_VERSION = "0.1.0"
# The sign-in page lists the demo accounts, and `manage.py demo` works, only locally.
DEMO_ALLOWED = not PRODUCTION

# --- Places on disk ---------------------------------------------------------------------------
VAR = private_folder(env.text("PORTAL_VAR", str(BASE_DIR / "var")))
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR / "static")))
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR / "media")))
# Private halves of the ballot keys: their own folder, never in a backup (design §6).
ROUND_KEYS_DIR = private_folder(
    env.text("ROUND_KEYS_DIR", str(VAR / "round_keys"), required=PRODUCTION)
)
ROUND_KEYS_DIR.chmod(0o700)
# Spreadsheets between upload and import, sealed; web and workers must see the same folder.
UPLOADS_DIR = private_folder(env.text("UPLOADS_DIR", str(VAR / "uploads")))

# --- Secrets and addresses --------------------------------------------------------------------
SECRET_KEY = env.secret("SECRET_KEY", folder=VAR / "keys", required=PRODUCTION)
# Encrypts ID numbers; losing it loses them, so it is kept apart from the signing key.
FIELD_KEY = hashlib.sha256(
    env.secret("FIELD_KEY", folder=VAR / "keys", required=PRODUCTION).encode()
).digest()
METRICS_TOKEN = env.text("METRICS_TOKEN")

PORT = env.number("PORT", 8000, least=1, most=65535)
# Links in e-mails and QR codes are built from this, never from the Host header.
PORTAL_URL = env.url(
    "PORTAL_URL",
    "" if PRODUCTION else f"http://127.0.0.1:{PORT}",
    schemes=["https"] if PRODUCTION else ["http", "https"],
    required=PRODUCTION,
).rstrip("/")
ALLOWED_HOSTS = env.listing("PORTAL_HOSTS", ["127.0.0.1", "localhost"], required=PRODUCTION)
if PRODUCTION and {"*", "localhost", "127.0.0.1"} & set(ALLOWED_HOSTS):
    env.problems.append("PORTAL_HOSTS 应写真实域名，不能是 *、localhost 或 127.0.0.1")
ROBOT_TEST_HOST = ""  # "host:port" of the fake robot in tests; never read from the environment
CSRF_TRUSTED_ORIGINS = [PORTAL_URL] if PORTAL_URL else []
# How many proxies of ours stand in front; 0 means that X-Forwarded-For is ignored.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0, most=5)

# --- Database ---------------------------------------------------------------------------------
DATABASE_URL = env.url(
    "DATABASE_URL",
    f"sqlite:///{VAR / 'portal.sqlite3'}",
    schemes=["postgres", "postgresql"] if PRODUCTION else ["postgres", "postgresql", "sqlite"],
    required=PRODUCTION,
)
DATABASES = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
}
if DATABASE_URL.startswith("sqlite"):
    # IMMEDIATE: the default mode answers "database is locked" to every sixth of eight writers.
    DATABASES["default"].update(
        CONN_MAX_AGE=0,
        OPTIONS={
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
            "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;"
            "PRAGMA cache_size=-20000",
        },
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: broker, cache ---------------------------------------------------------------------
# `make run` starts its own broker and leaves the address here for manage.py in another window.
REDIS_URL = env.url(
    "REDIS_URL",
    "" if PRODUCTION else kept_text(VAR / "run" / "redis.url"),
    schemes=["redis", "rediss", "unix"],
    required=PRODUCTION,
)
CACHES = {
    "default": {
        "BACKEND": "campaign_portal.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "moment": {  # public pages, in each web process for itself: no round trip for two seconds
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "moment",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
PUBLIC_PAGE_SECONDS = 2  # how long a board may lag behind; 0 keeps nothing

# --- Celery: a message is only a hint, the truth is a row in the database ------------------------
CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 840
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A dead broker must not hold up a page: the sweeper sends again what could not be sent.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,  # longer than the longest task, or that runs twice
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,  # kombu looks only every 100 s by default
    "socket_timeout": 30,
    "socket_connect_timeout": 2,
}
# How often beat wakes the sweeper, and each worker looks for itself. A killed worker's job is free after
# Job.LEASE, so it is begun again within lease + own bell; what no message speaks of within 1.25 sweeps + own bell.
SWEEP_SECONDS, OWN_BELL_SECONDS = bells(env)
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "run" / "celerybeat-schedule")

# --- Applications -----------------------------------------------------------------------------
ROOT_URLCONF = "campaign_portal.urls"
WSGI_APPLICATION = "campaign_portal.wsgi.application"
INSTALLED_APPS = [
    "campaign_portal",
    "supervision",
    "evaluations",
    "competitions",
    "pledges",
    "campaigns",
    "branches",
    "common",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "simple_history",
    "treebeard",
]
MIDDLEWARE = [
    "common.middleware.client_address",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "common.middleware.response_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "common.middleware.no_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "common.middleware.session_end",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "common.middleware.new_password_first",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "common.large_type.remember_large_type",
    "campaign_portal.frame.portal_frame",
    "axes.middleware.AxesMiddleware",  # must be the last
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "common.context.portal",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# --- Static files, uploads --------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_URL = "media/"
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000  # a peer sheet of 100 people with 20 questions

# --- People and sessions ----------------------------------------------------------------------
AUTH_USER_MODEL = "branches.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it refuses before a password is looked at
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{VALIDATORS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name_pinyin", "phone", "work_no", "email")},
    },
    {"NAME": f"{VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 9}},
    {"NAME": f"{VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{VALIDATORS}.NumericPasswordValidator"},
    {"NAME": "common.passwords.ChinesePasswordValidator"},
]
# 等保 wants a mix of signs and a new password each 90 days, ASVS forbids both: the site chooses.
PASSWORD_POLICY = env.choice("PASSWORD_POLICY", ["dengbao", "asvs"])
PASSWORD_MOST_DAYS = 90 if PASSWORD_POLICY == "dengbao" else 0  # noqa: S105
if PASSWORD_MOST_DAYS:
    AUTH_PASSWORD_VALIDATORS.append({"NAME": "common.passwords.MixValidator"})
PASSWORD_CHANGE_URL = "branches:password_change"  # noqa: S105
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_RESET_TIMEOUT = 3600

SESSION_ENGINE = "django.contrib.sessions.backends." + ("cached_db" if REDIS_URL else "db")
SESSION_COOKIE_AGE = 60 * env.number("SESSION_IDLE_MINUTES", 30, least=5, most=120)
SESSION_MOST_HOURS = env.number("SESSION_MOST_HOURS", 12, least=1, most=24)
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Wrong sign-ins are slowed down per account *and* address: a stranger cannot lock anybody out,
# and a wrong try during the pause does not make it longer.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "campaign_portal.views.sign_in_paused"
AXES_HTTP_RESPONSE_CODE = 429
AXES_CLIENT_IP_CALLABLE = "common.middleware.address_of"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True  # the audit log of the portal says who signed in
AXES_VERBOSE = False

# --- Headers ----------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- Mail -------------------------------------------------------------------------------------
EMAIL_URL = env.url("EMAIL_URL", schemes=["smtp", "smtps", "smtp+tls"], required=PRODUCTION)
EMAIL_BACKEND = "django.core.mail.backends." + ("smtp" if EMAIL_URL else "filebased")
EMAIL_BACKEND += ".EmailBackend"
EMAIL_FILE_PATH = str(VAR / "mail")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "portal@localhost", required=PRODUCTION)
globals().update(mail_settings(EMAIL_URL))

# --- Logging: JSON lines; no bodies, no parameters (see campaign_portal/logs.py) ----------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "campaign_portal.logs.JsonFormatter", "with_messages": DEBUG}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # Never lower: at DEBUG it would print SQL with its parameters.
        "django.db.backends": {"level": "INFO"},
        # Each task's name, state and duration; arguments are not part of these lines.
        "celery": {"level": "INFO"},
    },
}

env.refuse_problems()
