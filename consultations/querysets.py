from collections.abc import Iterable
from datetime import date
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.utils.timezone import localdate

from consultations.states import RequestState, Visibility
from councils.querysets import OfCouncilQuerySet, facts_of, in_force
from portal.models import User

OPEN = [RequestState.SUBMITTED, RequestState.ACCEPTED]


class OfAuthorityQuerySet(models.QuerySet):
    """Rows that carry their authority: its desk sees them."""

    def visible_to(self, user: User) -> Self:
        return self.filter(authority__in=facts_of(user).authority_ids)


class PolicyTopicQuerySet(OfAuthorityQuerySet):
    def on_agenda(self) -> Self:
        """On the long-term agenda: announced and not taken off."""
        return self.announced().filter(dropped_on__isnull=True)

    def announced(self) -> Self:
        """Also what was taken off since."""
        return self.filter(announced_on__isnull=False)

    def not_asked(self) -> Self:
        """Without a request at a council; one that was withdrawn asks nothing any more."""
        standing = [state for state in RequestState if state != RequestState.WITHDRAWN]
        return self.exclude(requests__to_councils__state__in=standing)

    def for_council(self, council: models.Model) -> Self:
        """Of the authorities that the council advises today: what names no council, and what names this one."""
        links = self.model._meta.get_field("councils").remote_field.through  # type: ignore[union-attr]
        named = links._default_manager.filter(policytopic=OuterRef("pk"))
        advised = council.served_bodies.filter(in_force()).values("authority")  # type: ignore[attr-defined]
        return self.filter(~Exists(named) | Exists(named.filter(council=council.pk)), authority__in=advised)


class ThinkingAlongQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Both sides."""
        facts = facts_of(user)
        return self.filter(Q(council__in=facts.council_ids) | Q(authority__in=facts.authority_ids))


def asked_along(authority_ids: Iterable[int], path: str = "") -> Q:
    """Sent requests that one of these authorities asks along; the draft is of the authority that leads."""
    joint = apps.get_model("consultations", "AdviceRequest").also_for.through.objects
    sent = Q(**{f"{path}submitted_at__isnull": False})
    return sent & Q(**{f"{path}pk__in": joint.filter(authority__in=list(authority_ids)).values("advicerequest")})


class AdviceRequestQuerySet(OfAuthorityQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.of_any(facts_of(user).authority_ids)

    def of_any(self, authority_ids: Iterable[int]) -> Self:
        """Asked by one of these authorities, or asked along."""
        ids = list(authority_ids)
        return self.filter(Q(authority__in=ids) | asked_along(ids))

    def at_desk(self, slug: str, user: User) -> Self:
        """What stands at this desk, if it is one of the user's."""
        mine = facts_of(user).appointments
        return self.of_any({one.authority_id for one in mine if one.authority and one.authority.slug == slug})

    def drafts(self) -> Self:
        return self.filter(submitted_at__isnull=True)

    def submitted(self) -> Self:
        return self.filter(submitted_at__isnull=False)


class RequestDocumentQuerySet(models.QuerySet):
    def public(self, on: date | None = None) -> Self:
        """Open, or under an embargo of which the last day has passed. What is confidential never is."""
        over = Q(visibility=Visibility.EMBARGO, embargo_until__lt=on or localdate())
        return self.filter(Q(visibility=Visibility.OPEN) | over)


class CouncilRequestQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Both sides see the request and what was asked back; the council's room has its own, closed objects."""
        facts = facts_of(user)
        asked = Q(request__authority__in=facts.authority_ids) | asked_along(facts.authority_ids, "request__")
        return self.filter(Q(council__in=facts.council_ids) | asked)

    def asked_by(self, authority: models.Model) -> Self:
        return self.filter(Q(request__authority=authority) | asked_along([authority.pk], "request__"))

    def in_room_of(self, user: User) -> Self:
        """Only as a dossier of the council's own room."""
        return self.filter(council__in=facts_of(user).council_ids)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def by_urgency(self) -> Self:
        """New ones first, then what is being handled by its last day, then what is closed, newest first."""
        order = Case(
            When(state=RequestState.SUBMITTED, then=Value(0)),
            When(state=RequestState.ACCEPTED, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        last_day = Case(When(state__in=OPEN, then=F("due_on")))
        return self.order_by(order, last_day.asc(nulls_last=True), "-received_on", "-pk")


class ActivityQuerySet(OfCouncilQuerySet):
    def published(self) -> Self:
        return self.filter(is_public=True)
