from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from councils.states import AuthorityRole, CouncilRole
from portal.models import User


def in_force(on: date | None = None, prefix: str = "") -> Q:
    """Rows whose period (starts_on to ends_on, both inclusive, either may be open) holds `on`, default today."""
    on = on or localdate()
    started = Q(**{f"{prefix}starts_on__isnull": True}) | Q(**{f"{prefix}starts_on__lte": on})
    not_over = Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": on})
    return started & not_over


@dataclass(frozen=True)
class Facts:
    """What a person is today: the dated facts from which every right follows."""

    memberships: tuple  # of councils.models.Membership
    appointments: tuple  # of councils.models.Appointment

    @property
    def council_ids(self) -> set[int]:
        return {membership.council_id for membership in self.memberships}

    @property
    def authority_ids(self) -> set[int]:
        return {appointment.authority_id for appointment in self.appointments if appointment.authority_id}

    @property
    def is_administrator(self) -> bool:
        return any(appointment.role == AuthorityRole.ADMINISTRATOR for appointment in self.appointments)

    def holds(self, roles: Iterable[str], council_id: int) -> bool:
        return any(m.council_id == council_id and m.role in roles for m in self.memberships)

    def serves(self, roles: Iterable[str], authority_id: int) -> bool:
        return any(a.authority_id == authority_id and a.role in roles for a in self.appointments)


NOBODY = Facts((), ())


def facts_of(user: User | AnonymousUser) -> Facts:
    """Read once per request and kept on the user object; never in the session."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    if not hasattr(user, "_facts"):
        person = user.person
        offices = person.appointments.current().select_related("authority").order_by("pk")
        roles = person.memberships.current().with_desk().select_related("council").order_by("pk")
        memberships = tuple(roles.annotate(has_office=models.Exists(offices)))
        # Few who sit on a council hold an office too: the others need no second question.
        holds_none = memberships and not memberships[0].has_office
        user._facts = Facts(memberships, () if holds_none else tuple(offices))  # type: ignore[attr-defined]
    return user._facts  # type: ignore[attr-defined]


class DatedQuerySet(models.QuerySet):
    def current(self, on: date | None = None) -> Self:
        return self.filter(in_force(on))


class MembershipQuerySet(DatedQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(council__in=facts_of(user).council_ids)

    def voting(self) -> Self:
        return self.filter(votes=True)

    def with_desk(self) -> Self:
        """What the head of every page says of the council: whom it advises, and who helps."""
        same_council = self.model._default_manager.filter(council=models.OuterRef("council"))
        bodies = self.model._meta.get_field("council").related_model.authorities.through  # type: ignore[union-attr]
        serving = bodies._default_manager.filter(in_force(), council=models.OuterRef("council"))
        serving = serving.order_by("authority__name", "authority")
        secretary = same_council.filter(in_force(), role=CouncilRole.SECRETARY).order_by("starts_on", "pk")
        return self.annotate(
            authority_names=ArraySubquery(serving.values("authority__name")),
            authority_theme=models.Subquery(serving.values("authority__theme")[:1]),
            secretary_name=models.Subquery(secretary.values("person__name")[:1]),
        )


class AppointmentQuerySet(DatedQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(authority__in=facts_of(user).authority_ids)


class CouncilQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Whose room the user may enter. An administrator sees that a council exists; its room stays closed to him."""
        facts = facts_of(user)
        return self if facts.is_administrator else self.filter(pk__in=facts.council_ids)

    def advising(self, authority: models.Model, on: date | None = None) -> Self:
        return self.filter(in_force(on, "served_bodies__"), served_bodies__authority=authority).distinct()

    def advising_any(self, authorities: Iterable[models.Model], on: date | None = None) -> Self:
        bodies = in_force(on, "served_bodies__")
        return self.filter(bodies, served_bodies__authority__in=list(authorities)).distinct()


class AuthorityQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        facts = facts_of(user)
        return self if facts.is_administrator else self.filter(pk__in=facts.authority_ids)

    def advised_by(self, council: models.Model, on: date | None = None) -> Self:
        return self.filter(in_force(on, "served_by__"), served_by__council=council).distinct()

    def with_council(self, on: date | None = None) -> Self:
        """Whom a council advises today."""
        return self.filter(in_force(on, "served_by__"), served_by__isnull=False).distinct()


class OfCouncilQuerySet(models.QuerySet):
    """Rows that carry their council: the room of that council sees them, nobody else."""

    def visible_to(self, user: User) -> Self:
        return self.filter(council__in=facts_of(user).council_ids)
