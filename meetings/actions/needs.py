"""What somebody needs to take part: said once, read by the secretary only, and gone in time."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from councils.models import Council, Membership
from meetings.models import AccessNeeds, Invitee, Meeting, Visitor
from portal.audit import record
from portal.models import Person

TICKS = (
    "papers_on_paper", "large_print", "call_before", "taxi", "wheelchair", "hearing_loop", "companion",
)  # fmt: skip
WORDS = ("interpreter", "other")


@transaction.atomic
def state_needs(council: Council, person: Person, *, by: Person, **needs: Any) -> AccessNeeds | None:
    """What stands there now replaces what was said before. Who needs nothing leaves no row behind."""
    Council.objects.select_for_update().get(pk=council.pk)
    found = AccessNeeds.objects.filter(council=council, person=person).first()
    stated = found or AccessNeeds(council=council, person=person)
    for name in (*TICKS, *WORDS):
        setattr(stated, name, needs.get(name, "" if name in WORDS else False))
    stated.stated_at, stated.stated_by = timezone.now(), by
    if not any(getattr(stated, name) for name in (*TICKS, *WORDS)):
        if found:
            record("needs.stated", found, by=by)
            found.delete()
        return None
    stated.save()
    record("needs.stated", stated, by=by)
    return stated


def needs_at(meeting: Meeting) -> list[tuple[Invitee, AccessNeeds]]:
    """Of who is invited and did not say no; by name."""
    invited = meeting.invitees.invited().exclude(answer="declined").select_related("person")
    needs = {one.person_id: one for one in AccessNeeds.objects.filter(council=meeting.council_id)}
    return [
        (invitee, needs[invitee.person_id])
        for invitee in invited.order_by("person__name") if invitee.person_id in needs
    ]  # fmt: skip


# --- time passes ---


def needs_to_forget(today: date) -> list[AccessNeeds]:
    """Whose last day in the council, and the days that we may still keep it, are over."""
    last = today - timedelta(days=settings.NEEDS_RETENTION_DAYS)
    found = []
    for council, people in _people_with_needs().items():
        terms = Membership.objects.filter(council=council, person__in=people).values("person").annotate(
            open=Count("pk", filter=Q(ends_on=None)), last=Max("ends_on")
        )  # fmt: skip
        stay = {term["person"] for term in terms if term["open"] or term["last"] >= last}
        found += AccessNeeds.objects.filter(council=council).exclude(person__in=stay).order_by("pk")
    return found


def _people_with_needs() -> dict[int, list[int]]:
    people: dict[int, list[int]] = {}
    for council, person in AccessNeeds.objects.values_list("council", "person"):
        people.setdefault(council, []).append(person)
    return people


def visitors_to_forget(today: date) -> list[Visitor]:
    return list(Visitor.objects.filter(meeting__in=_meetings_long_over(today)).order_by("pk"))


def notes_to_forget(today: date) -> list[Invitee]:
    """Notes to the secretary often say why somebody is ill."""
    return list(Invitee.objects.filter(meeting__in=_meetings_long_over(today)).exclude(note="").order_by("pk"))


def _meetings_long_over(today: date):
    last = today - timedelta(days=settings.VISITOR_RETENTION_DAYS)
    return Meeting.objects.filter(ends_at__date__lt=last)


@transaction.atomic
def forget(row: AccessNeeds | Visitor | Invitee, *, by: Person | None) -> None:
    record("needs.forgotten", row, by=by)
    if isinstance(row, Invitee):
        row.note = ""
        row.save(update_fields=["note"])
    else:
        row.delete()
