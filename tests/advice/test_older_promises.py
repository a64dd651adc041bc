"""Promises that were called kept before the authority could say so itself."""

import importlib
from types import SimpleNamespace

from django.apps import apps
from django.db import connection

from advice.models import Commitment
from tests.advice.promises import TODAY, promised


def test_what_the_council_called_kept_before_counts_as_agreed_and_has_its_report(council, authority, saskia, victor):
    promise = promised(council, authority, saskia, victor)
    facts = {"answer": promise.answer, "council": council, "authority": authority, "due_on": TODAY}
    old = Commitment.objects.create(text="Van vroeger", done_on=TODAY, proof="Gezien.", **facts)
    migration = importlib.import_module("advice.migrations.0012_promises_that_move")
    for _ in range(2):
        migration.say_who_said_so(apps, SimpleNamespace(connection=connection))
    old.refresh_from_db()
    promise.refresh_from_db()
    assert old.is_kept and list(old.reports.values_list("kind", "by_council", "text")) == [("done", True, "Gezien.")]
    assert promise.done_on is None and not promise.reports.exists()
