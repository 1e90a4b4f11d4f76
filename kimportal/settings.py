"""Settings of the portal, from the environment (see .env.example).

Without DJANGO_ENV=production this is a development set-up: with no DATABASE_URL and no
REDIS_URL it uses the embedded servers of kimportal.stack, and mail becomes files.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from kimportal import queues

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env", overwrite=False)

# What development and tests keep: the embedded servers' data, mail and uploads.
LOCAL_DIR = Path(env.str("KIMPORTAL_LOCAL_DIR", str(BASE_DIR / ".local"))).resolve()

PRODUCTION = env.str("DJANGO_ENV", "development") == "production"
# Never in production, whatever the environment says: its error pages show settings and rows.
DEBUG = not PRODUCTION and env.bool("DEBUG", True)

DEVELOPMENT_SECRET = "development-only-" + "not-a-secret" * 3
SECRET_KEY = env.str("SECRET_KEY", DEVELOPMENT_SECRET)
KNOWN_SECRET = SECRET_KEY == DEVELOPMENT_SECRET or SECRET_KEY.startswith("change-me")
if PRODUCTION and (KNOWN_SECRET or len(SECRET_KEY) < 50):
    raise ImproperlyConfigured("Set SECRET_KEY to 50 random characters before starting in production.")
# Without the last three no page opens, links in mails lead nowhere, or mails stay on the server as files.
MISSING = [
    name
    for name in ("DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "PORTAL_URL", "EMAIL_URL")
    if not env.str(name, "") and not (name == "EMAIL_URL" and env.str("MAIL_SERVICE", ""))
]
if PRODUCTION and MISSING:
    raise ImproperlyConfigured(f"Set {', '.join(MISSING)} before starting in production.")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["*"])
# Where the portal is reached: the start of every link in an e-mail.
PORTAL_URL = env.str("PORTAL_URL", f"http://localhost:{env.str('PORT', '8000')}").rstrip("/")

INSTALLED_APPS = [
    "kimportal",
    "home",
    "office",
    "imports",
    "figures",
    "notifications",
    "announcements",
    "aspirations",
    "complaints",
    "articles",
    "events",
    "factchecks",
    "replies",
    "communities",
    "moderation",
    "activity",
    "mailing",
    "accounts",
    "regions",
    "common",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "django_htmx",
    "django_prose_editor",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    # FORM_RENDERER below finds the widgets of Django in it.
    "django.forms",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "common.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "kimportal.urls"
WSGI_APPLICATION = "kimportal.wsgi.application"

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
                "home.context.portal",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Databases and queues
if env.str("DATABASE_URL", ""):
    DATABASES = {"default": env.db_url("DATABASE_URL")}
else:
    from kimportal.stack.places import database_settings

    DATABASES = {"default": database_settings(LOCAL_DIR)}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if env.str("REDIS_URL", ""):
    REDIS_URL = env.str("REDIS_URL")
else:
    from kimportal.stack.places import redis_url

    REDIS_URL = redis_url(LOCAL_DIR)

# The cache lives in PostgreSQL: a Redis that is down or emptied must not touch a page.
# It counts attempts to sign in, so it must hold more than the 300 entries that Django keeps by itself.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A web request that enqueues must not wait for a broker that is down: the sweep takes over.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "socket_connect_timeout": 2,
    "socket_timeout": 30,
    "max_retries": 1,
    "interval_start": 0.2,
    "connect_retries_timeout": 2,
}
CELERY_BEAT_SCHEDULER = "kimportal.heartbeat:Scheduler"
CELERY_BEAT_SCHEDULE = queues.BEAT
CELERY_TASK_QUEUES = [Queue(name) for name in queues.QUEUES]
CELERY_TASK_ROUTES = queues.ROUTES
CELERY_TASK_DEFAULT_QUEUE = queues.FANOUT

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:front"
LOGIN_REDIRECT_URL_OF_OFFICERS = "office:desk"
LOGOUT_REDIRECT_URL = "home:front"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
# An officer without a second factor is led to set one up before the desk opens.
OFFICE_REQUIRES_MFA = env.bool("OFFICE_REQUIRES_MFA", PRODUCTION)

# allauth: sign-in by e-mail address. A password is asked for once; a typing error is mended by the reset.
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "add_email": "accounts.forms.ChangeAddressForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
# A training room shares one address, so limits count accounts first; those by address only stop floods.
ACCOUNT_RATE_LIMITS = {
    "signup": "1000/h/ip",
    "login": "600/m/ip",
    "login_failed": "10/10m/key,300/m/ip",
    "reset_password": "5/h/key,300/h/ip",
    "reset_password_from_key": "300/m/ip",
    "confirm_email": "3/m/key",
}
MFA_ADAPTER = "accounts.mfa.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.mfa_forms.CodeForm",
    "reauthenticate": "accounts.mfa_forms.ReauthenticateForm",
    "activate_totp": "accounts.mfa_forms.ActivateAppForm",
    "add_webauthn": "accounts.mfa_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.mfa_forms.RenamePasskeyForm",
    "login_webauthn": "accounts.mfa_forms.PasskeySignInForm",
    "authenticate_webauthn": "accounts.mfa_forms.PasskeyForm",
    "reauthenticate_webauthn": "accounts.mfa_forms.PasskeyReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_TOTP_ISSUER = "Portal KIM"
# The clock of a cheap phone may be half a minute off.
MFA_TOTP_TOLERANCE = 1
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)

# Words and times
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
USE_THOUSAND_SEPARATOR = False
# The ministry's name changes with cabinets: a setting, never text in a template.
MINISTRY_NAME = env.str("MINISTRY_NAME", "Kementerian Komunikasi dan Digital")

# Files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "common.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
# Everything uploaded is private: it leaves only through views that ask for permission.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(LOCAL_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
FILE_UPLOAD_HANDLERS = ["common.uploads.BoundedUploadHandler"]
# What is taken of a file at most: a spreadsheet. Photos have 12 MB, documents 5 (common/uploads.py).
UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 12
FILE_UPLOAD_PERMISSIONS = 0o640

# Mail
# A mail service through django-anymail: its name ("postmark"), and its keys as JSON
# ({"POSTMARK_SERVER_TOKEN": "…", "WEBHOOK_SECRET": "name:password"}). Empty: mail goes by SMTP.
MAIL_SERVICE = env.str("MAIL_SERVICE", "")
ANYMAIL = env.json("ANYMAIL", default={}) if MAIL_SERVICE else {}
if MAIL_SERVICE:
    EMAIL_BACKEND = f"anymail.backends.{MAIL_SERVICE}.EmailBackend"
elif env.str("EMAIL_URL", ""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "kimportal.stack.mail.EmailBackend"
EMAIL_FILE_PATH = LOCAL_DIR / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Portal KIM <kabar@portal-kim.localhost>")
# Where answers to mails go; where mails come back to (notifications/bounces.py); where a mail program may
# unsubscribe by mail. Each empty: not at all.
REPLY_TO_EMAIL = env.str("REPLY_TO_EMAIL", "")
BOUNCE_EMAIL = env.str("BOUNCE_EMAIL", "")
UNSUBSCRIBE_EMAIL = env.str("UNSUBSCRIBE_EMAIL", "")

# Web push: the portal's private key (`manage.py push_keys` makes one) and whom push services write to
# ("mailto:…"; empty: the sender of mails). Without a key the portal offers no push. Development has its own.
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", "")
VAPID_CONTACT = env.str("VAPID_CONTACT", "")
if not PRODUCTION and not VAPID_PRIVATE_KEY:
    from kimportal.stack.places import push_key

    VAPID_PRIVATE_KEY = push_key(LOCAL_DIR)
# The push services of browsers. To no other host is anything sent, whatever a browser says.
PUSH_SERVICES = env.list(
    "PUSH_SERVICES",
    default=[
        "fcm.googleapis.com",
        "*.push.services.mozilla.com",
        "*.notify.windows.com",
        "*.push.apple.com",
    ],
)
PUSH_TIMEOUT = 10
# Telegram: the bot's token and name, as @BotFather gives them. Empty: the portal has no bot.
TELEGRAM_BOT_TOKEN = env.str("TELEGRAM_BOT_TOKEN", "")
TELEGRAM_BOT_NAME = env.str("TELEGRAM_BOT_NAME", "").lstrip("@")
TELEGRAM_API = env.str("TELEGRAM_API", "https://api.telegram.org").rstrip("/")
TELEGRAM_TIMEOUT = 10

# How long an office may take, in working days by kind; past it the level above may decide (see
# moderation/rules.py and moderation/deadlines.py).
MODERATION_DAYS = {
    "community": 5,
    "change": 5,
    "article": 2,
    "amendment": 2,
    "event": 2,
    "eventchange": 2,
    "reply": 2,
    "factcheck": 1,
    # To receive and to answer what people tell the office (aspirations/deadlines.py).
    "aspiration_receive": 3,
    "aspiration_answer": 10,
}
# What holds where no office, own or above, says otherwise (see accounts/offices.py). Hours: Monday first.
OFFICE_DEFAULTS = {
    "minimum_members": 3,
    "dormant_months": 6,
    "kim_check_facts": True,
    "trust_items": 10,
    "trust_days": 90,
    "hours": [*[["08:00", "16:00"]] * 5, None, None],
}

# Security
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "home.views.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [PORTAL_URL]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
