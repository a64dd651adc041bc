"""What is written once stays: for the ORM, for SQL, for the runtime role and for the owner of the tables."""

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from advice.models import Comment, ImportedFile, Letter, SectionSave
from portal.constraints import InsertOnly
from portal.models import AuditEvent
from tests.access.world import build
from tests.database import owner_connection

WRITTEN_ONCE = {
    "advice.AdoptedText",
    "advice.Approval",
    "advice.CommitmentReport",
    "advice.Decision",
    "advice.EditorialText",
    "advice.ImportedFile",
    "advice.JointAdoption",
    "advice.LadderLetter",
    "advice.LadderPdf",
    "advice.LargePrint",
    "advice.LaterDecision",
    "advice.Letter",
    "advice.LetterCopy",
    "advice.LetterPdf",
    "advice.LetterStep",
    "advice.Ratification",
    "advice.RecommendationSave",
    "advice.ResponseExtension",
    "advice.ResponseLetter",
    "advice.ResponsePdf",
    "advice.ResponseSave",
    "advice.SectionSave",
    "advice.Version",
    "meetings.AdoptedMinutes",
    "meetings.ItemMinutesVersion",
    "meetings.MeetingChange",
    "meetings.MinutesFile",
    "meetings.PublicMinutes",
    "portal.AuditEvent",
    "portal.Document",
}
MODELS = sorted((apps.get_model(label) for label in WRITTEN_ONCE), key=lambda model: model._meta.label)
SET_SOMETHING = "UPDATE {table} SET id = id"
TRUNCATE = "TRUNCATE {table} CASCADE"
REFUSALS = (psycopg.errors.InsufficientPrivilege, psycopg.IntegrityError)
# Other ways to the same end, and ways around the trigger.
ROUNDABOUT = {
    "ON CONFLICT": "INSERT INTO {table} SELECT * FROM {table} WHERE id = {pk} ON CONFLICT (id) DO UPDATE SET id = {pk}",
    "MERGE update": "MERGE INTO {table} t USING (SELECT {pk} AS pk) s ON t.id = s.pk"
    " WHEN MATCHED THEN UPDATE SET id = s.pk",
    "MERGE delete": "MERGE INTO {table} t USING (SELECT {pk} AS pk) s ON t.id = s.pk WHEN MATCHED THEN DELETE",
    "WITH": "WITH gone AS (DELETE FROM {table} RETURNING id) SELECT count(*) FROM gone",
    "as a replica": "SET LOCAL session_replication_role = replica",
    "DISABLE TRIGGER": "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "own TRIGGER": "CREATE TRIGGER own BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION"
    " suppress_redundant_updates_trigger()",
    "RULE": "CREATE RULE own AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "RENAME": "ALTER TABLE {table} RENAME TO elsewhere",
    "column": "ALTER TABLE {table} DROP COLUMN id CASCADE",
    "DROP": "DROP TABLE {table} CASCADE",
    "become the owner": "DO $$ BEGIN EXECUTE format('SET LOCAL ROLE %I',"
    " (SELECT tableowner FROM pg_tables WHERE tablename = '{table}')); END $$",
}


def test_the_list_is_complete():
    marked = {model._meta.label for model in apps.get_models() if issubclass(model, InsertOnly)}
    assert marked | {"portal.AuditEvent"} == WRITTEN_ONCE


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_runtime_role_cannot_change_a_row(model, world):
    manager, table = model._default_manager, model._meta.db_table
    row = manager.order_by("pk").first()
    assert row is not None
    tries = {
        "save": lambda: row.save(force_update=True),
        "update": lambda: manager.filter(pk=row.pk).update(id=row.pk),
        "bulk_update": lambda: manager.bulk_update([row], [model._meta.concrete_fields[1].name]),
        "update or insert": lambda: manager.bulk_create(
            [row], update_conflicts=True, unique_fields=["id"], update_fields=[model._meta.concrete_fields[1].name]
        ),
        "delete": lambda: manager.filter(pk=row.pk)._raw_delete(manager.db),
        "UPDATE": lambda: run(SET_SOMETHING.format(table=table)),
        "DELETE": lambda: run(f"DELETE FROM {table}"),
        "TRUNCATE": lambda: run(TRUNCATE.format(table=table)),
        "lock": lambda: run(f"SELECT 1 FROM {table} FOR UPDATE"),
        "weak lock": lambda: run(f"SELECT 1 FROM {table} FOR NO KEY UPDATE"),
        **{name: lambda sql=sql: run(sql.format(table=table, pk=row.pk)) for name, sql in ROUNDABOUT.items()},
        "COPY": lambda: copy_in(table, row.pk),
    }
    count = manager.count()
    assert len(tries) == 23
    assert [name for name, change in tries.items() if not refused(change)] == []
    assert manager.count() == count
    assert list(manager.filter(pk=row.pk).values()) == [values_of(row)]


def values_of(row) -> dict:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def copy_in(table: str, pk: int) -> None:
    """The very row once more: COPY adds, and its number is taken."""
    connection.ensure_connection()
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY (SELECT * FROM {table} WHERE id = {pk}) TO STDOUT") as found:  # type: ignore
        lines = b"".join(found)
    with cursor.copy(f"COPY {table} FROM STDIN") as into:
        into.write(lines)


def refused(change) -> bool:
    """Whether the database says no."""
    try:
        with transaction.atomic():
            change()
    except (DatabaseError, psycopg.Error) as fault:
        reason = fault if isinstance(fault, psycopg.Error) else fault.__cause__
        assert isinstance(reason, REFUSALS), f"no refusal but a mistake of this test: {reason!r}"
        return True
    return False


@pytest.fixture
def world(council, authority, saskia, fatma, victor):
    world = build(council, authority, saskia, fatma, victor)
    SectionSave.objects.create(
        section_id=1, council=council, author=saskia.person, based_on=1, heading="Aanleiding", text="Tekst"
    )
    ImportedFile.objects.create(council=council, advice=world.old_letter.advice, sha256="d" * 64, content={})
    AuditEvent.objects.create(object_label="x", object_id=1, event="test")
    return world


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_owner_of_the_tables_cannot_change_a_row_either(model, world):
    table = model._meta.db_table
    assert [sql for sql in changes(table) if not owner_is_refused(sql)] == []
    assert model._default_manager.exists()


def changes(table: str) -> list[str]:
    plain = [SET_SOMETHING.format(table=table), f"DELETE FROM {table}", TRUNCATE.format(table=table)]
    merges = [
        sql.format(table=table, pk=f"(SELECT min(id) FROM {table})")
        for name, sql in ROUNDABOUT.items()
        if name.startswith("MERGE")
    ]
    return [*plain, *merges]


def owner_is_refused(sql: str) -> bool:
    with owner_connection() as owner:
        owner.execute("SET lock_timeout = '5s'")
        try:
            with owner.transaction(force_rollback=True):
                owner.execute(sql)
        except psycopg.errors.IntegrityConstraintViolation:
            return True
    return False


@pytest.mark.django_db(transaction=True)
def test_control_a_table_without_the_trigger_can_be_changed(world):
    table = Comment._meta.db_table
    assert [owner_is_refused(sql) for sql in changes(table)] == [False] * 5
    with owner_connection() as owner, owner.transaction(force_rollback=True):
        owner.execute("ALTER TABLE advice_letter DISABLE TRIGGER USER")  # and one without its triggers
        assert owner.execute("UPDATE advice_letter SET subject = 'Anders'").rowcount == Letter.objects.count() > 0


def test_control_the_runtime_role_can_change_other_tables(world):
    comment = Comment.objects.earliest("pk")
    assert not refused(lambda: Comment.objects.update(text="Anders"))
    assert not refused(comment.delete)
