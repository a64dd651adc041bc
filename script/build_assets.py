"""Copy what the portal uses of node_modules into static/build: picked style sheets in one file, and the fonts."""

import hashlib
import shutil
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


def build(root: Path) -> None:
    modules, target = root / "node_modules", root / "static" / "build"
    target.mkdir(parents=True, exist_ok=True)
    sheets = [modules / "@utrecht" / f"{name}-css" / "dist" / "index.min.css" for name in COMPONENTS]
    (target / "utrecht.css").write_text("".join(sheet.read_text() for sheet in sheets))
    copy(modules / "@fontsource-variable" / "source-sans-3" / "files", WEB_FONTS, target / "fonts")
    copy(modules / "@fontsource" / "source-sans-3" / "files", PDF_FONTS, target / "pdf-fonts")
    (modules / "built-from").write_text(made_from(root))


def copy(source: Path, names: list[str], target: Path) -> None:
    target.mkdir(exist_ok=True)
    for name in names:
        shutil.copyfile(source / name, target / name)


def is_current(root: Path) -> bool:
    stamp, built = root / "node_modules" / "built-from", root / "static" / "build" / "utrecht.css"
    return stamp.exists() and built.exists() and stamp.read_text() == made_from(root)


def made_from(root: Path) -> str:
    return hashlib.sha256((root / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()


if __name__ == "__main__":
    build(Path(__file__).resolve().parents[1])
    sys.exit()
