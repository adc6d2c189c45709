"""The project's configuration: one file, every value from the environment, defaults for development.

`MVI_ENV=production` takes away the defaults that would be unsafe there; CONTRIBUTING.md lists the variables.
"""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from mvi_portal import env
from mvi_portal.core import logs
from mvi_portal.devservices.addresses import private_addresses

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")
PACKAGES_DIR = BASE_DIR / "node_modules"  # what npm brought

# Where are we, and who may come in
PRODUCTION = env.choice("MVI_ENV", "development", ("development", "production")) == "production"
SECRET_KEY = env.secret("SECRET_KEY", None if PRODUCTION else "only-for-development")
DEBUG = env.flag("DEBUG", default=not PRODUCTION)
if PRODUCTION and DEBUG:
    env.stop("DEBUG", "is on, in production", "off")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", None if PRODUCTION else ["*"], example="mvi.example.nl")
if PRODUCTION and "*" in ALLOWED_HOSTS:
    env.stop("ALLOWED_HOSTS", "lets every host in, in production", "mvi.example.nl")
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS", example="https://mvi.example.nl")

# Database and queue: private ones unless told otherwise (see devservices)
_PRIVATE = {} if PRODUCTION else private_addresses(BASE_DIR)
_PASSWORD = env.text("DATABASE_PASSWORD", "", example="secret")
DATABASES = {
    "default": {
        **env.database("DATABASE_URL", _PRIVATE.get("DATABASE_URL"), password=_PASSWORD),
        "CONN_MAX_AGE": 600,  # seconds: a new connection learns all tables anew, for each page
        "CONN_HEALTH_CHECKS": True,  # and one that the server let go of in between is replaced unseen
    }
}
CELERY_BROKER_URL = env.broker("REDIS_URL", _PRIVATE.get("REDIS_URL"))
CACHES = {  # one for all processes: attempts to log in are counted here
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.redis("REDIS_URL", _PRIVATE.get("REDIS_URL")),
        "KEY_PREFIX": "mvi",
    }
}

INSTALLED_APPS = [
    "mvi_portal.core.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_filters",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_prose_editor",
    "pgtrigger",
    "pghistory",
    "mvi_portal.core",
    "mvi_portal.history",
    "mvi_portal.accounts",
    "mvi_portal.jobs",
    "mvi_portal.files",
    "mvi_portal.mails",
    "mvi_portal.imports",
    "mvi_portal.demo",
    "signatories",
    "buyergroups",
    "actionplans",
    "monitoring",
    "reports",
    "mvi_portal.starting.StartingConfig",  # stays the last
]
MIDDLEWARE = [
    "mvi_portal.core.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mvi_portal.accounts.entering.EnteringMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mvi_portal.accounts.idle.IdleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mvi_portal.core.reference.ReferenceDateMiddleware",
    "mvi_portal.core.methods.MethodMiddleware",
]
ROOT_URLCONF = "mvi_portal.urls"
WSGI_APPLICATION = "mvi_portal.wsgi.application"
FORM_RENDERER = "mvi_portal.core.widgets.Renderer"
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
                "mvi_portal.core.menu.menu",
            ]
        },
    }
]
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
_PASSWORDS = "mvi_portal.accounts.passwords"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_PASSWORDS}.NotLikeTheAccount", "OPTIONS": {"user_attributes": ["email", "name"]}},
    {"NAME": f"{_PASSWORDS}.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_PASSWORDS}.NotCommon"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # also of an invitation; the mails and the page say three days
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

# Coming in, by django-allauth: an address and a password, by invitation, with a brake on guessing. A second
# factor (allauth.mfa) and single sign-on (allauth.socialaccount) have their place beside it.
ACCOUNT_ADAPTER = "mvi_portal.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # who is invited shows by the link that the address is theirs
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "mvi_portal.accounts.tokens.LinkKeys"  # noqa: S105 - a path
ACCOUNT_FORMS = {
    "login": "mvi_portal.accounts.forms.LoginForm",
    "reset_password": "mvi_portal.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "mvi_portal.accounts.forms.ResetPasswordKeyForm",
    "change_password": "mvi_portal.accounts.forms.ChangePasswordForm",
}
ACCOUNT_RATE_LIMITS = {  # a ministry comes in from one address, so that bears more than one account does
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/h/ip,5/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("TRUSTED_PROXIES", 1 if PRODUCTION else 0)
SESSION_COOKIE_AGE = 9 * 3600  # a working day without a click
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# Over https only, in production; the proxy in front tells how it was reached
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REDIRECT_EXEMPT = [r"^(gezond|gereed)/$"]  # who watches over a container asks it directly
SECURE_HSTS_SECONDS = env.whole("HSTS_SECONDS", 31_536_000 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Files: ours and the packages' for everyone, uploads and letters only through a view
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("packages/components", PACKAGES_DIR / "@rijkshuisstijl-community/components-css/dist"),
    ("packages/tokens", PACKAGES_DIR / "@nl-design-system-unstable/voorbeeld-design-tokens/dist"),
    ("packages/fira-sans", PACKAGES_DIR / "@fontsource/fira-sans/files"),
]
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")
_MANIFEST = env.flag("STATIC_MANIFEST", default=PRODUCTION)  # names with a hash, kept by browsers for ever
_STATIC = "CompressedManifestStaticFilesStorage" if _MANIFEST else "CompressedStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": f"whitenoise.storage.{_STATIC}"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
FILE_UPLOAD_PERMISSIONS = 0o600

# What is uploaded: how large, and who looks for viruses; in production nothing is given out unscanned
UPLOAD_MAX_MB = env.whole("UPLOAD_MAX_MB", 50, lowest=1)
UPLOADS_NEED_SCAN = PRODUCTION
CLAMAV_ADDRESS = env.scanner("CLAMAV_ADDRESS")

# Mail goes to a file in development
EMAIL_HOST = env.host("EMAIL_HOST", None if PRODUCTION else "", example="mail.example.nl")
EMAIL_PORT = env.whole("EMAIL_PORT", 587, lowest=1, highest=65_535)
EMAIL_HOST_USER = env.text("EMAIL_USER", "", example="mvi")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD", "", example="secret")
if EMAIL_HOST_USER and not EMAIL_HOST_PASSWORD:  # Django would not log in at all, and say nothing
    env.stop("EMAIL_PASSWORD", "is not set, while EMAIL_USER is", "secret")
_SECURITY = env.choice("EMAIL_SECURITY", "starttls", ("starttls", "tls", "none"))
EMAIL_USE_TLS, EMAIL_USE_SSL = _SECURITY == "starttls", _SECURITY == "tls"
EMAIL_TIMEOUT = 10  # seconds; somebody is waiting for the page
_FROM = None if PRODUCTION else "mvi-portaal@voorbeeld.example"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.sender("EMAIL_FROM", _FROM, example="mvi-portaal@example.nl")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"

# The letter's looks; a ministry that may use the State's logo and fonts points to them here
LETTER_FONT_DIR = env.folder(
    "LETTER_FONT_DIR",
    PACKAGES_DIR / "@fontsource/fira-sans/files",
    holding=(".ttf", ".otf", "-400-normal.woff"),
)
LETTER_LOGO = env.file("LETTER_LOGO", kinds=(".svg", ".png", ".jpg", ".jpeg"))

# The queue is a doorbell, the job's row the truth: no results, no late acknowledgement
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {  # who asks for a job does not wait for a queue that is away
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "mvi_portal.jobs.tasks.sweep", "schedule": 30.0},
    "reminders": {"task": "actionplans.tasks.make_reminders_ready", "schedule": 900.0},
    "mails": {"task": "mvi_portal.mails.tasks.sweep", "schedule": 60.0},
    "imports": {"task": "mvi_portal.imports.tasks.expire", "schedule": 3600.0},
    "files": {"task": "mvi_portal.files.tasks.tidy", "schedule": 60.0},
}
# What the pages open with
REFERENCE_DATE = env.day("REFERENCE_DATE")  # without one: today
_HELP = "toegankelijkheid@voorbeeld.example"
ACCESSIBILITY_CONTACT = env.mail(
    "ACCESSIBILITY_CONTACT", None if PRODUCTION else _HELP, example="toegankelijkheid@example.nl"
)
ACCESSIBILITY_STATEMENT = env.web_address(
    "ACCESSIBILITY_STATEMENT", example="https://www.toegankelijkheidsverklaring.nl/register/1"
)
SECURITY_CONTACT = env.contact(
    "SECURITY_CONTACT", None if PRODUCTION else _HELP, example="https://www.example.nl/kwetsbaarheid-melden"
)
SECURITY_EXPIRES = env.day_within_a_year("SECURITY_EXPIRES", required=PRODUCTION)

REMINDERS_BY_THEMSELVES = env.flag(
    "REMINDERS_BY_THEMSELVES", default=False
)  # else the secretariat lets them go

# Evaluations: who writes about them, and which spread of scores others get to see
EVALUATION_SENDER = env.text(
    "EVALUATION_SENDER",
    "PIANOo, Expertisecentrum Aanbesteden",
    example="PIANOo, Expertisecentrum Aanbesteden",
)
EVALUATION_CONTACT = env.contact("EVALUATION_CONTACT", "", example="mvi@example.nl")
SPREADS_FOR_OTHERS = env.flag("SPREADS_FOR_OTHERS", default=True)
SPREAD_FEWEST_PLANS = env.whole("SPREAD_FEWEST_PLANS", 5, lowest=3)  # of two, each can tell the other's

JOB_LEASE_SECONDS = 30
JOB_RESULT_DAYS = 14

# What is told of it all, on standard error
LOGGING = logs.configuration(
    form=env.choice("LOG_FORMAT", "json" if PRODUCTION else "text", logs.FORMATS),
    level=env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    ours=("mvi_portal", "signatories", "buyergroups", "actionplans", "monitoring", "reports"),
)
