"""Exit 0 when the web server in this container answers: python -m portal.healthcheck."""

import os
import sys
import urllib.error
import urllib.request

ADDRESS = os.environ.get("HEALTHCHECK_URL", "http://127.0.0.1:8000/healthz/")


def main() -> int:
    # Django answers only to the hosts it serves.
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    request = urllib.request.Request(ADDRESS, headers={"Host": host})  # noqa: S310 - an address of ours
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return 0 if answer.status == 200 else 1
    except (urllib.error.URLError, OSError) as error:
        sys.stderr.write(f"{ADDRESS}: {error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
