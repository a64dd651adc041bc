"""Advisory locks of PostgreSQL, for rows that are written once and cannot be locked themselves. They end with the
transaction. Each app numbers its own kinds of lock, so that no two mean different things with one number."""

from django.db import connection


def hold(kind: int, pk: int) -> None:
    """Nobody else does this until the end of the transaction; wait for who is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [kind, pk % 2**31])


def try_to_hold(kind: int, pk: int) -> bool:
    """The same, without waiting: False when somebody else is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [kind, pk % 2**31])
        return cursor.fetchone()[0]
