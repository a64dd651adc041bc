from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.states import MessageState


class MessageQuerySet(models.QuerySet):
    def due(self) -> Self:
        """Waiting and its time has come, or leased by a worker that never came back."""
        now = timezone.now()
        waiting = Q(state=MessageState.WAITING, next_try_at__lte=now)
        orphaned = Q(state=MessageState.SENDING, leased_until__lte=now)
        return self.filter(waiting | orphaned).order_by("next_try_at", "pk")

    def late(self, moment: datetime) -> Self:
        """Had to leave at `moment` or before, and did not."""
        return self.filter(state__in=[MessageState.WAITING, MessageState.SENDING], due_at__lte=moment)

    def to_print(self) -> Self:
        return self.filter(state=MessageState.PAPER)
