"""All settings of Trede, on one page. What an operator may set is in `environment`."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.conf import locale
from django.utils.translation import gettext_lazy as _

from trede import environment

ROOT = environment.ROOT
VAR = Path(environment.text("TREDE_VAR", str(ROOT / "var")))
environment.load_file(VAR / "trede.env")

SECRET_KEY = environment.text("TREDE_SECRET_KEY")
SECRET_KEY_FALLBACKS = environment.words("TREDE_SECRET_KEY_FALLBACKS", "")
FIELD_KEYS = environment.numbered_keys("TREDE_FIELD_KEYS")
INDEX_KEY = environment.key("TREDE_INDEX_KEY")
AUDIT_KEY = environment.key("TREDE_AUDIT_KEY")
PSEUDONYM_KEY = environment.key("TREDE_PSEUDONYM_KEY")
LOT_KEY = environment.key("TREDE_LOT_KEY")
AUDIT_HEAD = Path(environment.text("TREDE_AUDIT_HEAD", str(VAR / "audit-head")))

DEBUG = environment.switch("TREDE_DEBUG", default=False)
# Demo mode offers the cast on the sign-in page; `accounts.demo_mode` refuses it over
# a database with other people in it and on any address but loopback.
DEMO = environment.switch("TREDE_DEMO", default=False)
ALLOWED_HOSTS = environment.words("TREDE_HOSTS", "127.0.0.1 localhost [::1]")
HTTPS = environment.switch("TREDE_HTTPS", default=not DEMO)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "axes",
    # The journey, in order: a step knows the steps before it and never those after.
    "trede.audit",
    "trede.accounts",
    "trede.documents",
    "trede.pilots",
    "trede.people",
    "trede.contact",
    "trede.questionnaires",
    "trede.inflow",
    "trede.trajectories",
    "trede.partners",
    "trede.studies",
    "trede.reports",
    "trede.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "trede.accounts.doors.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "trede.accounts.doors.DoorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "trede.urls"
WSGI_APPLICATION = "trede.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "trede" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trede.accounts.navigation.frame",
            ],
            # Compiled once: a page of components is eight times as quick with it.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
COTTON_DIR = "cotton"

DATABASES = {
    "default": environment.database(
        environment.text("TREDE_DATABASE", f"sqlite:///{VAR / 'trede.sqlite3'}")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"  # the key that `authenticate` is given
AXES_LOCKOUT_CALLABLE = "trede.accounts.views.locked_out"
AXES_CLIENT_IP_CALLABLE = "trede.accounts.signing_in.address_of"
AXES_CLIENT_STR_CALLABLE = "trede.accounts.signing_in.nobody_in_particular"
AXES_SENSITIVE_PARAMETERS = ["email", "username", "ip_address", "code"]
AXES_DISABLE_ACCESS_LOG = True  # the audit trail tells who signed in
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # half an hour is half an hour
AXES_VERBOSE = False

MESSAGE_STORAGE = "trede.accounts.told_once.ToldOnce"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "trede.accounts.views.form_expired"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
# Who is not signed in sends no more than this in all (`accounts.sending`).
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# All texts of a large questionnaire are one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# Nobody sends more: so nothing is ever put on disk unencrypted.
FILE_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "trede" / "locale"]
# Languages that questionnaires know and Django does not.
locale.LANG_INFO.update(
    {
        "ti": {"bidi": False, "code": "ti", "name": "Tigrinya", "name_local": "ትግርኛ"},
        "so": {"bidi": False, "code": "so", "name": "Somali", "name_local": "Soomaali"},
        "prs": {"bidi": True, "code": "prs", "name": "Dari", "name_local": "دری"},
    }
)
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = "trede.formats"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "trede" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Letters and consent texts of the municipality's own, before those of Trede.
TEXTS = environment.text("TREDE_TEXTS", "")
# Where people reach Trede, for links in messages that no request makes: https://name.
ADDRESS = environment.text("TREDE_ADDRESS", "").rstrip("/")

# Messages to people. Without a mail server or an SMS gateway they are written to a
# folder: nothing leaves the building until an operator chooses so.
EMAIL_FILE_PATH = VAR / "email"
MAIL = environment.mail("TREDE_EMAIL")
EMAIL_BACKEND = f"django.core.mail.backends.{MAIL.kind}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starttls, MAIL.tls
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = environment.text("TREDE_EMAIL_FROM", "trede@localhost")
SMS_GATEWAY = environment.text("TREDE_SMS", "trede.contact.gateways.Folder")
SMS_FOLDER = Path(environment.text("TREDE_SMS_FOLDER", str(VAR / "sms")))

HELP_TELEPHONE = environment.text("TREDE_HELP_TELEPHONE", "088 000 00 24")
# Free text, names and answers never reach a log, nor the token of a link: only levels
# and ids do.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_tokens": {"()": "trede.logs.WithoutTokens"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "without_tokens",
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
