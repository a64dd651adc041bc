"""Make static/build from node_modules: picked style sheets in one file, the fonts, and the editor of editor/.

Needs no Node: esbuild is a program of its own.
"""

import hashlib
import platform
import shutil
import subprocess
import sys
from pathlib import Path

COMPONENTS = [
    "document",
    "body",
    "skip-link",
    "link",
    "button",
    "button-link",
    "button-group",
    "heading-1",
    "heading-2",
    "heading-3",
    "heading-4",
    "paragraph",
    "alert",
    "form-field",
    "form-label",
    "form-field-description",
    "form-field-error-message",
    "form-fieldset",
    "textbox",
    "textarea",
    "select",
    "checkbox",
    "custom-checkbox",
    "radio-button",
    "table",
    "pagination",
    "breadcrumb-nav",
    "status-badge",
    "unordered-list",
    "ordered-list",
]
WEB_FONTS = [f"source-sans-3-{subset}-wght-normal.woff2" for subset in ("latin", "latin-ext")]
PDF_FONTS = [
    f"source-sans-3-{subset}-{weight}-normal.woff2" for subset in ("latin", "latin-ext") for weight in (400, 600)
]


EDITOR_LIBRARIES = ["prosemirror-*", "orderedmap", "rope-sequence", "w3c-keyname"]
ESBUILD = {"x86_64": "linux-x64", "aarch64": "linux-arm64"}


def build(root: Path) -> None:
    modules, target = root / "node_modules", root / "static" / "build"
    target.mkdir(parents=True, exist_ok=True)
    sheets = [modules / "@utrecht" / f"{name}-css" / "dist" / "index.min.css" for name in COMPONENTS]
    (target / "utrecht.css").write_text("".join(sheet.read_text() for sheet in sheets))
    copy(modules / "@fontsource-variable" / "source-sans-3" / "files", WEB_FONTS, target / "fonts")
    copy(modules / "@fontsource" / "source-sans-3" / "files", PDF_FONTS, target / "pdf-fonts")
    bundle_editor(root, modules, target)
    (modules / "built-from").write_text(made_from(root))


def bundle_editor(root: Path, modules: Path, target: Path) -> None:
    """One file for the pages with a rich text, and the licences of what is in it."""
    program = modules / "@esbuild" / ESBUILD[platform.machine()] / "bin" / "esbuild"
    program.chmod(0o755)
    options = ["--bundle", "--minify", "--format=iife", "--target=es2022", "--log-level=error", "--charset=utf8"]
    notice = "--banner:js=/* ProseMirror (MIT), see editor.licences.txt */"
    command = [program, root / "editor" / "editor.js", f"--outfile={target / 'editor.js'}", *options, notice]
    done = subprocess.run([str(part) for part in command], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"Making the editor failed.\n{done.stderr.strip()}")
    licences = sorted(path for name in EDITOR_LIBRARIES for path in modules.glob(f"{name}/LICENSE"))
    texts = [f"{path.parent.name}\n\n{path.read_text().strip()}" for path in licences]
    (target / "editor.licences.txt").write_text("\n\n---\n\n".join(texts) + "\n")


def copy(source: Path, names: list[str], target: Path) -> None:
    target.mkdir(exist_ok=True)
    for name in names:
        shutil.copyfile(source / name, target / name)


def is_current(root: Path) -> bool:
    stamp, built = root / "node_modules" / "built-from", root / "static" / "build"
    complete = all((built / name).exists() for name in ("utrecht.css", "editor.js"))
    return stamp.exists() and complete and stamp.read_text() == made_from(root)


def made_from(root: Path) -> str:
    sources = [root / "package-lock.json", Path(__file__), *sorted((root / "editor").glob("*.js"))]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


if __name__ == "__main__":
    build(Path(__file__).resolve().parents[1])
    sys.exit()
