from typing import Self

from django.db import models
from django.db.models import Q

from consultations.states import RequestState
from councils.querysets import OfCouncilQuerySet, facts_of
from portal.models import User


class OfAuthorityQuerySet(models.QuerySet):
    """Rows that carry their authority: its desk sees them."""

    def visible_to(self, user: User) -> Self:
        return self.filter(authority__in=facts_of(user).authority_ids)


class CouncilRequestQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Both sides see the request and what was asked back; the council's room has its own, closed objects."""
        facts = facts_of(user)
        return self.filter(Q(council__in=facts.council_ids) | Q(request__authority__in=facts.authority_ids))

    def open(self) -> Self:
        return self.filter(state__in=[RequestState.SUBMITTED, RequestState.ACCEPTED])


class ActivityQuerySet(OfCouncilQuerySet):
    def published(self) -> Self:
        return self.filter(is_public=True)
