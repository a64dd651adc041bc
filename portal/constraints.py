"""Constraints that recur, each with a name that can be said aloud, and the insert-only table."""

from django.conf import settings
from django.db import models
from django.db.migrations.operations import RunPython
from django.db.models import Q


class InsertOnly(models.Model):
    """A row that is written once. The database refuses update, delete and truncate (see `insert_only`)."""

    class Meta:
        abstract = True


def both_or_neither(first: str, second: str) -> models.CheckConstraint:
    """Two columns that describe one event are filled together or empty together."""
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return models.CheckConstraint(condition=neither | both, name=f"%(app_label)s_%(class)s_{first}_with_{second}")


def not_before(first: str, last: str) -> models.CheckConstraint:
    """The last day, where there is one, is not before the first."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True})
        | Q(**{f"{last}__gte": models.F(first)}),
        name=f"%(app_label)s_%(class)s_{last}_not_before_{first}",
    )


_FREEZE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_rows;
CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_all;
"""
_THAW = "DROP TRIGGER {table}_rows ON {table}; DROP TRIGGER {table}_all ON {table};"


def insert_only(*tables: str) -> RunPython:
    """A migration step: triggers refuse update, delete and truncate; the runtime role loses the privilege as well."""

    def forward(apps, schema_editor):
        role = settings.DATABASES["default"]["USER"]
        for table in tables:
            schema_editor.execute(_FREEZE.format(table=table), params=None)
            if role != schema_editor.connection.settings_dict["USER"]:
                quoted = schema_editor.quote_name(role)
                schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {quoted}")

    def backward(apps, schema_editor):
        for table in tables:
            schema_editor.execute(_THAW.format(table=table), params=None)

    return RunPython(forward, backward)
