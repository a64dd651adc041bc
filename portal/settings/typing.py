"""For mypy, which reads the settings and needs no services."""

import os

os.environ.setdefault("DATABASE_URL", "postgresql://nobody@/none")
os.environ.setdefault("REDIS_URL", "unix:///nowhere")

from portal.settings.test import *  # noqa: F403
