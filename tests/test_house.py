"""The rules of the house that a machine can check. CONTRIBUTING.md tells why they are there."""

import ast
import re
import subprocess
import sys
from enum import EnumType
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models

ROOT = Path(__file__).resolve().parents[1]
APPS = settings.OUR_APPS
MOST_LINES = 400
ARROW_TABLES = {
    "advice.states": {"ARROWS": "AdviceState", "PROPOSAL_ARROWS": "ProposalState", "RESPONSE_ARROWS": "ResponseState"},
    "consultations.states": {"ARROWS": "RequestState"},
    "meetings.states": {
        "ARROWS": "MeetingState",
        "MINUTES_ARROWS": "MinutesState",
        "PACK_ARROWS": "PackState",
        "ITEM_PROPOSAL_ARROWS": "ItemProposalState",
        "CORRECTION_ARROWS": "CorrectionState",
    },
    "portal.states": {"MESSAGE_ARROWS": "MessageState"},
}


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def of_our_models() -> list[type[models.Model]]:
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


def test_imports_go_down_only():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_is_longer_than_can_be_read():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(*APPS, "tests", "script")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_the_migrations_hold_every_change(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_migration_is_named_by_meaning():
    names = [path.stem for app in APPS for path in (ROOT / app / "migrations").glob("[0-9]*.py")]
    assert names
    assert [name for name in names if not re.fullmatch(r"\d{4}(_[a-z]+)+", name)] == []
    assert [name for name in names if re.search(r"_(auto|initial|alter|remove_field|squashed)(_|$)", name)] == []


def test_every_constraint_and_index_starts_with_its_app():
    wrong = []
    for model in of_our_models():
        for thing in [*model._meta.constraints, *model._meta.indexes]:
            if not thing.name.startswith(f"{model._meta.app_label}_"):
                wrong.append(f"{model._meta.label}: {thing.name}")
    assert wrong == []


def test_a_name_of_a_constraint_is_used_once():
    names = [thing.name for model in of_our_models() for thing in [*model._meta.constraints, *model._meta.indexes]]
    assert len(names) == len(set(names)) > 40


def test_no_model_does_things_when_it_is_saved():
    """What happens stands in a verb: no save() or delete() of our own, no receivers of signals."""
    wrong = []
    for path in sources(*APPS):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.ClassDef) and (is_model(node) or path.parent.name == "models"):
                own = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
                wrong += [f"{where} {name}()" for name in own & {"save", "delete"}]
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models.signals"):
                wrong.append(f"{where} imports signals")
            if isinstance(node, ast.ImportFrom) and node.module == "django.dispatch":
                wrong.append(f"{where} receives signals")
    assert wrong == []


def is_model(node: ast.ClassDef) -> bool:
    return any("Model" in ast.unparse(base) and "Form" not in ast.unparse(base) for base in node.bases)


@pytest.mark.parametrize(
    ("module", "table", "states"),
    [(module, table, states) for module, tables in ARROW_TABLES.items() for table, states in tables.items()],
)
def test_arrows_start_and_end_in_every_state(module, table, states):
    arrows, known = getattr(import_module(module), table), set(getattr(import_module(module), states))
    assert set(arrows) == known
    assert all(set(ends) <= known for ends in arrows.values())
    assert all(state not in ends for state, ends in arrows.items())


def test_every_table_of_arrows_and_every_state_is_known():
    found: dict[str, dict[str, str]] = {}
    stateful = set()
    for app in APPS:
        module = import_module(f"{app}.states")
        for name in dir(module):
            if name.endswith("ARROWS"):
                first = next(iter(getattr(module, name)))
                found.setdefault(module.__name__, {})[name] = type(first).__name__
            if isinstance(getattr(module, name), EnumType) and name.endswith("State"):
                stateful.add(name)
    assert found == ARROW_TABLES
    assert stateful == {states for tables in ARROW_TABLES.values() for states in tables.values()}
