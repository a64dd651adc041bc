"""What only the operating system can give: the text libraries of WeasyPrint and, for the tests, a browser and Java."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from glob import glob

from problem import Problem


def library(name: str) -> Callable[[], bool]:
    def present() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return present


def command(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def file(pattern: str) -> Callable[[], bool]:
    return lambda: bool(glob(pattern))


FOR_PDF = {
    "libpango-1.0-0": library("libpango-1.0.so.0"),
    "libpangoft2-1.0-0": library("libpangoft2-1.0.so.0"),
    "libharfbuzz-subset0": library("libharfbuzz-subset.so.0"),
    "fonts-dejavu-core": file("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
}
FOR_TESTS = {
    "chromium": command("chromium"),
    "default-jdk-headless": command("javac"),
    "libjaxb-java": file("/usr/share/java/jaxb-runtime*.jar"),
    "gettext": command("msgfmt"),
    "poppler-utils": command("pdftoppm"),
    "libatomic1": library("libatomic.so.1"),  # the Node of Playwright
}


def require(*, for_tests: bool, say: Callable[[str], None]) -> None:
    """Install what is missing as root; otherwise name the command that does."""
    wanted = {**FOR_PDF, **FOR_TESTS} if for_tests else FOR_PDF
    missing = [package for package, present in wanted.items() if not present()]
    if not missing:
        return
    line = f"apt-get install -y {' '.join(missing)}"
    if os.getuid() != 0 or not shutil.which("apt-get"):
        raise Problem(f"Some system packages are missing. Install them as root and try again:\n{line}")
    say(f"Installing system packages: {' '.join(missing)}")
    if not install(missing):
        # The lists of a fresh machine are empty or old.
        apt("update", "-qq")
        if not install(missing):
            raise Problem(f"These system packages could not be installed:\n{line}")
    still = [package for package in missing if not wanted[package]()]
    if still:
        raise Problem(f"Installed, but still not found: {' '.join(still)}.")


def install(packages: list[str]) -> bool:
    return apt("install", "-y", "-qq", "--no-install-recommends", *packages)


def apt(*arguments: str) -> bool:
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", *arguments], env=environ, capture_output=True, text=True, check=False)
    return done.returncode == 0
