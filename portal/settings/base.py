"""Production settings, and the base of all others: secure unless local.py or test.py loosens it."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.FileAwareEnv()

# --- where we are -----------------------------------------------------------
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")  # addresses in mails and letters
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
EXAMPLE_INSTALLATION = False  # shows the mail catcher and the example accounts; never in production

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

# --- the house --------------------------------------------------------------
OUR_APPS = ["advice", "consultations", "meetings", "councils", "portal"]  # roof to ground
INSTALLED_APPS = [
    *OUR_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "rules.apps.AutodiscoverRulesConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.PrivatePages",
    "portal.middleware.NotPrinted",
    "portal.middleware.SecondFactor",
    "portal.middleware.UnsentText",
    "portal.middleware.DefaultDeny",
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
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "portal.context_processors.page",
                "councils.context_processors.desk",
            ],
        },
    }
]

# --- data -------------------------------------------------------------------
# The runtime role owns no tables, so that triggers and privileges hold; the owner migrates.
DATABASES = {
    "default": env.db("DATABASE_URL"),
    "owner": env.db("DATABASE_OWNER_URL", default=env("DATABASE_URL")),
}
for _database in DATABASES.values():
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env("REDIS_URL")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": {
        "BACKEND": "portal.storage.DocumentStorage",
        "OPTIONS": {"location": env("DOCUMENTS_DIR", default=str(VAR_DIR / "documents")), "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]

# --- sign-in ----------------------------------------------------------------
AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mijn/"
LOGOUT_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "portal.views.unsent.csrf_failed"
ACCOUNT_ADAPTER = "portal.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "portal.account_forms.LoginForm",
    "request_login_code": "portal.account_forms.RequestLoginCodeForm",
    "confirm_login_code": "portal.account_forms.ConfirmLoginCodeForm",
    "reauthenticate": "portal.account_forms.ReauthenticateForm",
    "change_password": "portal.account_forms.ChangePasswordForm",
    "set_password": "portal.account_forms.SetPasswordForm",
    "reset_password": "portal.account_forms.ResetPasswordForm",
    "reset_password_from_key": "portal.account_forms.ResetPasswordKeyForm",
}
MFA_FORMS = {
    "authenticate": "portal.account_forms.AuthenticateForm",
    "reauthenticate": "portal.account_forms.MfaReauthenticateForm",
    "activate_totp": "portal.account_forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Raadportaal"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
SECOND_FACTOR_REQUIRED = True
SECOND_FACTOR_FOR = "councils.rules.needs_second_factor"  # the ground floor asks by name
DESKS_OF = "councils.desks.desks_of"  # where a person may work; the ground floor asks by name
INVITATION_DAYS = 14
NEEDS_RETENTION_DAYS = env.int("NEEDS_RETENTION_DAYS", default=28)  # after the last day in the council
VISITOR_RETENTION_DAYS = env.int("VISITOR_RETENTION_DAYS", default=14)  # after the meeting
MEETING_UNDO_MINUTES = env.int("MEETING_UNDO_MINUTES", default=5)  # so long invitations to a meeting can be undone
SETUP_LINK_REQUIRED = True  # an empty portal is set up by whom the operator gives the link
# The press: the child that lays out a document, at most so long and so large (docs/operations.md).
PRESS_SECONDS = env.float("PRESS_SECONDS", default=30)
PRESS_MEMORY = env.int("PRESS_MEMORY", default=512)  # megabytes of address space; beyond it the child falls
PRESS_KEEP = env.int("PRESS_KEEP", default=300)  # megabytes in use; beyond it the child is replaced after its document
PRESS_DOCUMENTS = env.int("PRESS_DOCUMENTS", default=200)  # so many, and the child is replaced
PRESS_IDLE = env.float("PRESS_IDLE", default=300)  # seconds without work, and the child stops until it is needed
DRAFT_SECONDS = 20  # how often a page keeps what is being typed
BATCH_MINUTES, BATCH_MOST_MINUTES = (
    5,
    15,
)  # changes of one thing are told together; never later than this after the first
OUTBOX_SWEEP = env.float("OUTBOX_SWEEP", default=20)  # how often beat looks for what is due
OUTBOX_LEASE = env.int("OUTBOX_LEASE", default=120)  # seconds; twice the longest SMTP exchange

# --- forms and words --------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = ["nlds"]
CRISPY_TEMPLATE_PACK = "nlds"
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale" / app for app in OUR_APPS]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- post -------------------------------------------------------------------
_email = env.email_url("EMAIL_URL", default="smtp://127.0.0.1:25")
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _email["EMAIL_HOST"], _email["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_USER"], _email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)  # seconds
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Raadportaal <post@raadportaal.invalid>")
# The mailbox for answers from calendars and for mail that comes back; without one they are not read.
MAILBOX_URL = env("MAILBOX_URL", default="")  # imaps://name:password@host/INBOX or maildir:///folder
MAILBOX_ADDRESS = env("MAILBOX_ADDRESS", default="")  # its address; name+anything@ must arrive there too
BOUNCE_ADDRESS = env("BOUNCE_ADDRESS", default="") or MAILBOX_ADDRESS  # mail that comes back goes to name+…@ of it
HELP_NAME = env("HELP_NAME", default="Raadportaal")
HELP_PHONE = env("HELP_PHONE", default="")

# A unix socket is spelled in another way by Celery.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "max_retries": 0,  # a request does not wait for the queue: the sweeper comes after it
}
CELERY_TIMEZONE = TIME_ZONE
# Printing has a worker of its own: a heavy document holds up no mail. Other work is in the queue "celery".
CELERY_TASK_ROUTES = {
    name: {"queue": "print"}
    for name in ("advice.tasks.render_*", "meetings.tasks.render_*", "meetings.tasks.make_pack")
}
# Time passes in management commands; beat runs the same command an operator can run by hand.
CELERY_BEAT_SCHEDULE = {
    "sweep-outbox": {
        "task": "portal.tasks.run_command",
        "schedule": OUTBOX_SWEEP,
        "args": ["sweep_outbox", "--apply"],
        "options": {"expires": OUTBOX_SWEEP},  # a worker that was away does not sweep a hundred times
    },
    "send-digests": {"task": "portal.tasks.run_command", "schedule": 3600.0, "args": ["send_digests", "--apply"]},
    "watch-outbox": {"task": "portal.tasks.run_command", "schedule": 3600.0, "args": ["watch_outbox", "--apply"]},
    "remind-meetings": {"task": "portal.tasks.run_command", "schedule": 1800.0, "args": ["remind_meetings", "--apply"]},
    "close-votes": {"task": "portal.tasks.run_command", "schedule": 60.0, "args": ["close_votes", "--apply"]},
    "remind-voters": {"task": "portal.tasks.run_command", "schedule": 900.0, "args": ["remind_voters", "--apply"]},
    "make-packs": {"task": "portal.tasks.run_command", "schedule": 60.0, "args": ["make_packs", "--apply"]},
    "render-letters": {"task": "portal.tasks.run_command", "schedule": 60.0, "args": ["render_letters", "--apply"]},
    "print-minutes": {"task": "portal.tasks.run_command", "schedule": 60.0, "args": ["print_minutes", "--apply"]},
    "remind-actions": {"task": "portal.tasks.run_command", "schedule": 3600.0, "args": ["remind_actions", "--apply"]},
    "response-terms": {"task": "portal.tasks.run_command", "schedule": 3600.0, "args": ["response_terms", "--apply"]},
    "remind-commitments": {
        "task": "portal.tasks.run_command",
        "schedule": 3600.0,
        "args": ["remind_commitments", "--apply"],
    },
    "follow-ups": {"task": "portal.tasks.run_command", "schedule": 3600.0, "args": ["follow_ups", "--apply"]},
    "opinion-rounds": {"task": "portal.tasks.run_command", "schedule": 3600.0, "args": ["opinion_rounds", "--apply"]},
    "remind-date-polls": {
        "task": "portal.tasks.run_command",
        "schedule": 3600.0,
        "args": ["remind_date_polls", "--apply"],
    },
    "forget-needs": {"task": "portal.tasks.run_command", "schedule": 3600.0, "args": ["forget_needs", "--apply"]},
    "pass-elections": {"task": "portal.tasks.run_command", "schedule": 60.0, "args": ["pass_elections", "--apply"]},
}
if MAILBOX_URL:
    CELERY_BEAT_SCHEDULE["read-replies"] = {
        "task": "portal.tasks.run_command",
        "schedule": 120.0,
        "args": ["read_replies"],
        "options": {"expires": 120},
    }

# --- safety -----------------------------------------------------------------
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "microphone": [],
    "geolocation": [],
    "payment": [],
    "usb": [],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = 25 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"portal": {"level": "INFO"}},
}
