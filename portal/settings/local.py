"""The newcomer's machine: plain http on this computer, mail caught in var/mail."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-this-machine-" + "x" * 40)

from portal.settings.base import *  # noqa: F403
from portal.settings.base import env

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
EXAMPLE_INSTALLATION = env.bool("EXAMPLE_INSTALLATION", default=True)
SECOND_FACTOR_REQUIRED = False
SETUP_LINK_REQUIRED = False
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "session", "csrf"
HELP_NAME = env("HELP_NAME", default="de helpdesk (voorbeeld)")
HELP_PHONE = env("HELP_PHONE", default="085 - 000 00 00")
