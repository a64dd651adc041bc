"""What is printed once from a frozen row: the row, the row of its PDF, and what the worker does about it."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Any

from django.db import Error as DatabaseFault
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from portal.audit import record
from portal.documents import keep
from portal.locks import try_to_hold
from portal.models import AuditEvent, Message
from portal.pdf import PressFailed
from portal.post import nudge
from portal.states import MessageState

logger = logging.getLogger("portal.printable")
PATIENT: dict[str, Any] = {  # of a task that prints
    "acks_late": True, "autoretry_for": (Exception,), "retry_backoff": 5, "retry_backoff_max": 300, "max_retries": 6,
}  # fmt: skip
TRIES = 3  # of a document that cannot be printed; then the next ones go on without it


@dataclass(frozen=True, slots=True)
class Printable:
    name: str  # in the trail and in the log
    lock: int  # the kind of its advisory locks
    frozen: type[Model]
    printed: type[Model]
    link: str  # from the printed row to the frozen one
    make: Callable[[Any], bytes]
    file_name: Callable[[Any], str]
    waiting: Callable[[Any], Q]  # the messages that wait for it
    variant: Mapping[str, Any] = field(default_factory=dict)  # of the printed row, where one frozen row has several
    more: Callable[[Any], dict[str, Any]] = lambda row: {}  # other facts of the printed row

    def get(self, pk: int) -> Any:
        return self.frozen._default_manager.select_related(*with_owner(self.frozen, "council", "authority")).get(pk=pk)

    def made(self, pk: int) -> bool:
        return self.printed._default_manager.filter(**{self.link: pk}, **self.variant).exists()

    def missing(self) -> QuerySet[Any]:
        """The frozen rows without this PDF, oldest first."""
        done = self.printed._default_manager.filter(**{f"{self.link}__isnull": False}, **self.variant).values(self.link)
        return self.frozen._default_manager.exclude(pk__in=done).order_by("pk")

    def stuck(self) -> set[int]:
        """Which frozen rows were tried often enough: somebody has to look (render_letters --again)."""
        about = AuditEvent.objects.filter(
            object_label=self.frozen._meta.label, event__in=[self.failed_event, self.again_event]
        )
        failures: Counter[int] = Counter()
        for pk, event in about.order_by("pk").values_list("object_id", "event"):
            failures[pk] = failures[pk] + 1 if event == self.failed_event else 0
        return {pk for pk, count in failures.items() if count >= TRIES}

    @property
    def failed_event(self) -> str:
        return f"{self.name}.failed"

    @property
    def again_event(self) -> str:
        return f"{self.name}.again"

    def store(self, row: Any) -> Any:
        """Print and keep; the caller has seen to it that nobody else does."""
        owners = {name: getattr(row, name) for name in ("council_id", "authority_id") if hasattr(row, name)}
        document = keep(self.make(row), self.file_name(row), "application/pdf", by=None, **owners)
        facts = {name: row_id for name, row_id in owners.items() if with_owner(self.printed, name.removesuffix("_id"))}
        if with_owner(self.printed, "renderer"):
            facts["renderer"] = renderer()
        return self.printed._default_manager.create(
            **{self.link: row}, **self.variant, **facts, **self.more(row), document=document
        )


def with_owner(model: type[Model], *names: str) -> list[str]:
    """Which of these fields the model has."""
    known = {one.name for one in model._meta.fields}
    return [name for name in names if name in known]


@cache
def renderer() -> str:
    return f"WeasyPrint {version('weasyprint')}"


# --- what the worker does ---


def print_once(kind: Printable, pk: int) -> str:
    """A fault of the database or the disk is tried again until it is over; a document that itself cannot be printed
    only so often. Its number stays its own, and the others go on."""
    try:
        return print_now(kind, pk)
    except (DatabaseFault, OSError):
        raise
    except Exception as fault:
        if isinstance(fault, PressFailed) and fault.why == "start":
            raise
        record(kind.failed_event, kind.get(pk), by=None)
        if pk not in kind.stuck():
            raise
        logger.error("%s of %s needs attention: %s", kind.name, pk, cause_of(fault))
        return "needs attention"


def cause_of(fault: Exception) -> str:
    """Without its words: they could be those of a letter."""
    return str(fault) if isinstance(fault, PressFailed) else type(fault).__name__


def print_now(kind: Printable, pk: int) -> str:
    if kind.made(pk):
        return "already there"
    with transaction.atomic():
        if not try_to_hold(kind.lock, pk):
            return "somebody else is at it"
        if kind.made(pk):
            return "already there"
        row = kind.get(pk)
        kind.store(row)
    tell_waiting(kind, row)
    return "made"


def tell_waiting(kind: Printable, row: Any) -> None:
    """The messages that waited for this PDF go now, not at their next try."""
    for message in Message.objects.filter(kind.waiting(row), state=MessageState.WAITING):
        Message.objects.filter(pk=message.pk, state=MessageState.WAITING).update(next_try_at=timezone.now())
        transaction.on_commit(lambda pk=message.pk: nudge(pk), robust=True)
