"""What `manage.py check --deploy` says about the system that we run on."""

import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

LEAVE = "import sys; from portal.pdf.press_child import leave_network; sys.exit(0 if leave_network() else 1)"


@register("press", deploy=True)
def press_has_no_network(**_more: Any) -> list[CheckMessage]:
    tried = subprocess.run([sys.executable, "-c", LEAVE], cwd=settings.BASE_DIR, capture_output=True, check=False)
    if tried.returncode == 0:
        return []
    return [
        Warning(
            "The child that lays out documents keeps its network: this system allows no user namespaces.",
            hint="It still opens no address. Give `print` a network without a way out (docs/operations.md).",
            id="portal.W001",
        )
    ]
