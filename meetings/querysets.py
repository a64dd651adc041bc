from typing import Self

from django.db.models import Q
from django.utils import timezone

from councils.querysets import OfCouncilQuerySet
from meetings.states import MeetingState


class MeetingQuerySet(OfCouncilQuerySet):
    def upcoming(self) -> Self:
        return self.exclude(state=MeetingState.CANCELLED).filter(ends_at__gte=timezone.now()).order_by("starts_at")

    def past(self) -> Self:
        return self.filter(ends_at__lt=timezone.now()).order_by("-starts_at")

    def published(self) -> Self:
        """Public meetings that were announced; a cancelled one stays visible as cancelled."""
        return self.filter(is_public=True).exclude(Q(state=MeetingState.PLANNED))


class ActionItemQuerySet(OfCouncilQuerySet):
    def open(self) -> Self:
        return self.filter(done_on__isnull=True).order_by("due_on", "number")


class InviteeQuerySet(OfCouncilQuerySet):
    def invited(self) -> Self:
        """Who is asked to come; without whose invitation was withdrawn."""
        return self.filter(withdrawn_at=None)
