"""Settings of the forum: one file, read from the environment, refusing what is malformed.

Every variable is listed with its meaning in ``.env.example``. A value that cannot be understood stops
the process with a sentence that names the variable; it is never silently replaced by a default.
"""

import os
import re
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from forum_site.admin_menu import MENU
from forum_site.environment import boolean, integer, url
from forum_site.storages import media_storage, private_storage

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = boolean("DEBUG", default=False)

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("SECRET_KEY must be set and have at least 32 characters.")
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key]

# The address people type. Links in mails are built from it, never from a request's Host header.
SITE_URL = url("SITE_URL", schemes=("http", "https"), default="http://127.0.0.1:8000").rstrip("/")
if urlsplit(SITE_URL).path or not urlsplit(SITE_URL).hostname:
    raise ImproperlyConfigured("SITE_URL must be a scheme and a host, such as https://forum.example.")
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = [host.strip() for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host.strip()] or [
    urlsplit(SITE_URL).hostname or ""
]
if DEBUG:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]

# How many proxies of ours stand in front: that many entries from the right of X-Forwarded-For are
# believed, and none when it is 0, so that nobody can choose the address a limit counts.
TRUSTED_PROXY_COUNT = integer("TRUSTED_PROXY_COUNT", default=0, low=0, high=5)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

INSTALLED_APPS = [
    "modeltranslation",
    # Without its own admin site: ours takes that place.
    "unfold.apps.BasicAppConfig",
    "accounts.admin_config.ForumAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django.forms",
    "core",
    "outbox",
    "accounts",
    "speakers",
    "events",
    "exhibitors",
    "registrations",
    "leads",
    "pages",
]

MIDDLEWARE = [
    "core.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.AccountLanguageMiddleware",
    "accounts.middleware.NothingKeptMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.RetryAfterMiddleware",
    "core.middleware.DomainErrorMiddleware",
    "core.middleware.NullCharactersMiddleware",
    # Who tries the site out sees its own page for an unknown address, not Django's list of addresses.
    *(["core.middleware.OwnNotFoundMiddleware"] if DEBUG else []),
]

ROOT_URLCONF = "forum_site.urls"
WSGI_APPLICATION = "forum_site.wsgi.application"

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
                "django.template.context_processors.i18n",
                "events.context_processors.forum",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- One PostgreSQL -------------------------------------------------------------------------------
DATABASES = {
    "default": env.db_url_config(url("DATABASE_URL", schemes=("postgres", "postgresql")))
    | {
        # Persistent connections are worth a factor of three; the health check survives a restart of
        # PostgreSQL between two requests.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Longest wait for a row that owns a capacity, in milliseconds (core.locking).
LOCK_TIMEOUT_MS = integer("LOCK_TIMEOUT_MS", default=15_000, low=100, high=120_000)
# How many registration forms one address may send in a minute. A hall full of people, a ministry or a
# hospital may stand behind one address, so this stops a machine, not a crowd.
REGISTRATIONS_PER_MINUTE = integer("REGISTRATIONS_PER_MINUTE", default=60, low=1, high=1_000_000)

# --- Valkey or Redis: cache and broker, never the only copy of anything ---------------------------
REDIS_URL = url("REDIS_URL", schemes=("redis", "rediss", "unix"))
CACHES = {
    "default": {
        "BACKEND": "core.cache.SpareCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "forum",
        "OPTIONS": {
            # A site without its cache is slower, not down.
            "IGNORE_EXCEPTIONS": True,
            "SOCKET_CONNECT_TIMEOUT": 1,
            "SOCKET_TIMEOUT": 1,
        },
    }
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"


def celery_broker(redis_url: str) -> str:
    """Return the broker address in kombu's spelling, which has its own scheme for unix sockets."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    database = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={database}"


CELERY_BROKER_URL = celery_broker(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A visitor's request must not wait for a broker that is gone: one quick try, the sweep does the rest.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    # A call on the queue is a hint: what is to be done stands in the database, and the sweep finds it.
    # So no worker keeps accounts of its calls in the broker. With them, kombu 5.7 ends a worker whose
    # broker goes away while a task runs (docs/decisions says how that was seen).
    "ack_emulation": False,
}
CELERY_TASK_DEFAULT_QUEUE = "mail"
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_BEAT_SCHEDULE = {
    # Calls that nobody took are worth nothing once the next one is there.
    "sweep-outbox": {"task": "outbox.tasks.deliver_due", "schedule": 15.0, "options": {"expires": 15}},
    "fill-outbox": {"task": "registrations.tasks.fill_outbox", "schedule": 15.0, "options": {"expires": 15}},
    "answer-link-requests": {
        "task": "registrations.tasks.answer_link_requests",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "settle-places": {
        "task": "registrations.tasks.settle_places",
        "schedule": 120.0,
        "options": {"expires": 120},
    },
    "settle-booths": {
        "task": "exhibitors.tasks.settle_booths",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "remind-exhibitors": {
        "task": "exhibitors.tasks.remind_exhibitors",
        "schedule": crontab(minute=5),
        "options": {"expires": 3000},
    },
    "remind-of-invoices": {
        "task": "exhibitors.tasks.remind_of_invoices",
        "schedule": crontab(minute=25),
        "options": {"expires": 3000},
    },
    "count-out-guests": {
        "task": "registrations.tasks.count_out_guests",
        "schedule": 180.0,
        "options": {"expires": 180},
    },
    # By the clock of the site, when few people are awake.
    "erase-personal-data": {
        "task": "registrations.tasks.erase_personal_data",
        "schedule": crontab(hour=3, minute=20),
    },
    "make-documents": {
        "task": "registrations.tasks.make_documents",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "delete-expired-documents": {
        "task": "registrations.tasks.delete_expired_documents",
        "schedule": crontab(minute=10),
    },
    "delete-orphan-files": {
        "task": "registrations.tasks.delete_orphan_files",
        "schedule": crontab(hour=3, minute=50),
    },
    "drop-expired-uploads": {"task": "events.tasks.drop_expired_uploads", "schedule": crontab(minute=40)},
}

# --- Mail: EMAIL_URL=smtp+tls://user:password@host:587 (STARTTLS; smtp+ssl: TLS from the first byte) ---
EMAIL_URL = url("EMAIL_URL", schemes=("smtp", "smtp+tls", "smtp+ssl"), default="smtp://127.0.0.1:8026")
if urlsplit(EMAIL_URL).query:
    # django-environ would take "?tls=true" without a word and send in the clear.
    raise ImproperlyConfigured("EMAIL_URL takes no options: encryption is said by its scheme.")
vars().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "") or "Forum <noreply@forum.example>"
if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(DEFAULT_FROM_EMAIL)[1]):
    raise ImproperlyConfigured(
        'DEFAULT_FROM_EMAIL must be an address, with a name or without: "Forum" <noreply@forum.example>.'
    )
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Files ----------------------------------------------------------------------------------------
# STORAGE_URL=file:///srv/forum/media or s3://bucket?public=https://…&endpoint=https://…&region=…
STORAGE_URL = url("STORAGE_URL", schemes=("file", "s3"), default=f"file://{BASE_DIR / '.media'}")
MEDIA_STORAGE = media_storage(STORAGE_URL)

# What is not for everybody (slides before their release, proposed portraits) lies where no browser reads:
# PRIVATE_STORAGE_URL=file:///srv/forum/private or s3://bucket?endpoint=https://…&region=…
PRIVATE_STORAGE_URL = url(
    "PRIVATE_STORAGE_URL",
    schemes=("file", "s3"),
    default=f"{STORAGE_URL.rstrip('/')}-private" if STORAGE_URL.startswith("file:") else None,
)
MEDIA_ORIGINS = [f"https://{host}" for host in [MEDIA_STORAGE["OPTIONS"].get("custom_domain")] if host]
STORAGES = {
    "default": MEDIA_STORAGE,
    "private": private_storage(PRIVATE_STORAGE_URL, STORAGE_URL),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "core.static_storage.StaticStorage"
    },
}
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or BASE_DIR / ".static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    # css/site.css and the drawings, made from their sources
    "core.finders.MadeFilesFinder",
]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_HANDLERS = [
    "core.uploads.BoundedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Languages and time ---------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("ko", _("Korean")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "forum_language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SECURE = HTTPS
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
MODELTRANSLATION_DEFAULT_LANGUAGE = "vi"
MODELTRANSLATION_LANGUAGES = ("vi", "ko", "en")
# No silent fallback: core.i18n shows which language a text is really in.
MODELTRANSLATION_ENABLE_FALLBACKS = False

# --- Accounts -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.ForumRoleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Codes instead of secret links: a code is worth nothing outside the browser that asked for it.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_TIMEOUT = 30 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Whether an address has an account is never said on a page, only by mail to that address.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "request_login_code": "accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "accounts.forms.ConfirmEmailVerificationCodeForm",
    "confirm_password_reset_code": "accounts.forms.ConfirmPasswordResetCodeForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "change_email": "accounts.forms.ChangeEmailForm",
    "add_email": "accounts.forms.AddEmailForm",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.MFAReauthenticateForm",
    "activate_totp": "accounts.forms.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.AddWebAuthnForm",
    "edit_webauthn": "accounts.forms.EditWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Vietnam–Korea Forum"
# Browsers allow passkeys on plain http for localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# --- The organizers' pages --------------------------------------------------------------------------
UNFOLD = {
    "SITE_TITLE": _("Organizers"),
    "SITE_HEADER": _("Organizers"),
    "SHOW_VIEW_ON_SITE": True,
    "DASHBOARD_CALLBACK": "pages.dashboard.dashboard",
    # Colours and corners come from static/css/admin/theme.css, so that no style stands in the page.
    "COLORS": {"base": {}, "primary": {}, "font": {}},
}

ADMIN_MENU = MENU

# --- What the browser is told ---------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # Uploaded portraits may lie on a host of their own.
        "img-src": [SELF, *MEDIA_ORIGINS],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]

LOG_LEVEL = os.environ.get("LOG_LEVEL", "INFO")
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
    raise ImproperlyConfigured("LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "core.middleware.RequestIdFilter"},
        "one_line": {"()": "core.log_lines.OneLine"},
        "refusals": {"()": "core.log_lines.WithoutTracebackOfRefusals"},
    },
    "formatters": {
        "line": {
            "()": "core.log_lines.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
        }
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    "loggers": {
        "django_redis.cache": {"filters": ["one_line"]},
        "django.request": {"filters": ["refusals"]},
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
}
