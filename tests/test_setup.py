"""The set-up of script/server, manage and test: what it fetches is pinned, what it misses it names."""

import hashlib
import json
import os
import re
import shutil
import sys
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from portal.catalogs import compile_catalogs

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "script"))
import build_assets  # noqa: E402
import setup  # noqa: E402
import system_packages  # noqa: E402
import wheels  # noqa: E402
from problem import Problem, disk_space  # noqa: E402


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package index of our own with one wheel, set as the index of this machine."""
    folder = tmp_path / "simple" / "toy-tool"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "toy_tool-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("toy_tool/hello.txt", "hello")
    (folder / "index.html").write_text('<a href="toy_tool-1.0-py3-none-any.whl#sha256=0">x</a>')
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    monkeypatch.delenv("UV_INDEX_URL", raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple/")
    yield folder
    server.shutdown()
    server.server_close()


def test_a_wheel_comes_from_the_configured_index(index: Path, tmp_path: Path):
    content = (index / "toy_tool-1.0-py3-none-any.whl").read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    folder = wheels.fetch_wheel("toy_tool-1.0-py3-none-any.whl", sha256, tmp_path / "tools")
    assert (folder / "toy_tool" / "hello.txt").read_text() == "hello"
    assert os.listdir(tmp_path / "tools") == ["toy_tool-1.0-py3-none-any"]


def test_a_wheel_with_another_hash_is_refused(index: Path, tmp_path: Path):
    with pytest.raises(Problem, match="not the one that was pinned: wrong hash"):
        wheels.fetch_wheel("toy_tool-1.0-py3-none-any.whl", "0" * 64, tmp_path / "tools")
    assert not (tmp_path / "tools").exists()


def test_a_wheel_that_the_index_lacks_is_named(index: Path, tmp_path: Path):
    with pytest.raises(Problem, match=r"does not have toy_tool-2\.0-py3-none-any\.whl"):
        wheels.fetch_wheel("toy_tool-2.0-py3-none-any.whl", "0" * 64, tmp_path / "tools")


def test_the_index_is_read_from_pip_conf_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://mirror.example/simple/\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    assert wheels.configured_index() == "https://mirror.example/simple"
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://pypi.org/simple/\n")
    assert wheels.configured_index() is None


def test_missing_system_packages_are_named_on_a_line_of_their_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(system_packages.os, "getuid", lambda: 1000)
    monkeypatch.setitem(system_packages.FOR_PDF, "libpango-1.0-0", system_packages.library("libnowhere.so.0"))
    monkeypatch.setitem(system_packages.FOR_TESTS, "chromium", system_packages.command("no-such-browser"))
    with pytest.raises(Problem) as stopped:
        system_packages.require(for_tests=False, say=pytest.fail)
    assert str(stopped.value).splitlines()[-1] == "apt-get install -y libpango-1.0-0"
    with pytest.raises(Problem) as stopped:
        system_packages.require(for_tests=True, say=pytest.fail)
    assert str(stopped.value).splitlines()[-1] == "apt-get install -y libpango-1.0-0 chromium"


def test_root_installs_what_is_missing(monkeypatch: pytest.MonkeyPatch):
    present: set[str] = set()
    called: list[tuple[str, ...]] = []

    def apt(*arguments: str) -> bool:
        called.append(arguments)
        if arguments[0] == "install" and len(called) > 1:  # only after the lists were fetched
            present.add("libpango-1.0-0")
        return len(called) > 1

    monkeypatch.setattr(system_packages.os, "getuid", lambda: 0)
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system_packages, "apt", apt)
    monkeypatch.setattr(system_packages, "FOR_PDF", {"libpango-1.0-0": lambda: "libpango-1.0-0" in present})
    system_packages.require(for_tests=False, say=lambda text: None)
    assert [arguments[0] for arguments in called] == ["install", "update", "install"]


def test_a_full_disk_is_one_sentence(tmp_path: Path):
    with pytest.raises(Problem, match=r"^The disk of .* is full: \d+ MB free, 999999999 MB needed\.$"):
        disk_space(tmp_path, megabytes=999_999_999)


def test_the_lock_files_name_only_the_public_registries():
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text()))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    resolved = [package["resolved"] for package in packages.values() if "resolved" in package]
    assert [url for url in resolved if not url.startswith("https://registry.npmjs.org/")] == []
    assert all("integrity" in package for name, package in packages.items() if name)


def test_no_proprietary_tokens_come_along():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name in packages if "design-tokens" in name or "design-system-tokens" in name] == []
    assert {package.get("license") for package in packages.values()} == {"EUPL-1.2", "MIT", "MPL-2.0", "OFL-1.1"}


def test_the_assets_are_there_and_current():
    assert build_assets.is_current(ROOT)
    style = (ROOT / "static" / "build" / "utrecht.css").read_text()
    for name in ("button-group", "form-field-error-message", "status-badge"):
        assert f".utrecht-{name}" in style
    fonts = sorted(path.name for path in (ROOT / "static" / "build" / "fonts").iterdir())
    assert fonts == sorted(build_assets.WEB_FONTS)
    editor = (ROOT / "static" / "build" / "editor.js").read_text()
    assert "eval(" not in editor and "new Function" not in editor
    licences = (ROOT / "static" / "build" / "editor.licences.txt").read_text()
    assert licences.count("Permission is hereby granted, free of charge") == 11


def test_a_changed_editor_is_made_again(tmp_path: Path):
    for name in ("package-lock.json", "editor"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    before = build_assets.made_from(tmp_path)
    assert before == build_assets.made_from(ROOT)
    (tmp_path / "editor" / "paste.js").write_text("// changed")
    assert build_assets.made_from(tmp_path) != before


def test_esbuild_is_locked_for_every_machine_of_the_set_up():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert {f"node_modules/@esbuild/{name}" for name in build_assets.ESBUILD.values()} <= set(packages)
    assert set(build_assets.ESBUILD) == set(setup.NODE)


def test_nothing_is_made_twice():
    # This environment was made by the set-up, so there is nothing left to do.
    assert setup.environment_is_current()


def test_a_changed_catalogue_is_compiled_again(tmp_path: Path):
    source = tmp_path / "app" / "nl" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: nl\\n"\n'
    source.write_text(header + '\nmsgid "Seat"\nmsgstr "Zetel"\n')
    assert compile_catalogs(tmp_path) == [source.with_suffix(".mo")]
    assert compile_catalogs(tmp_path) == []
    assert b"Zetel" in source.with_suffix(".mo").read_bytes()
    source.write_text(header + '\nmsgid "Seat"\nmsgstr "Stoel"\n')
    os.utime(source, ns=(10**18, 2 * 10**18))
    assert compile_catalogs(tmp_path) == [source.with_suffix(".mo")]
    assert b"Stoel" in source.with_suffix(".mo").read_bytes()
