"""A secret ballot for persons, such as the election of a chair. Who voted is known, what they voted is not."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.models.bodies import Council
from councils.querysets import OfCouncilQuerySet
from councils.states import CouncilRole
from portal.models import Person


class Election(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="elections")
    role = models.CharField(_("For which function?"), max_length=20, choices=CouncilRole, default=CouncilRole.CHAIR)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    closes_at = models.DateTimeField(_("Closes"))
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    elected = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    sentence = models.TextField(blank=True, help_text="What came of it, in Dutch")

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opened_at")), name="councils_election_closes_later"
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    @property
    def is_over(self) -> bool:
        return self.closed_at is not None or self.closes_at <= timezone.now()


class Candidate(models.Model):
    election = models.ForeignKey(Election, models.CASCADE, related_name="candidates")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    about = models.TextField(_("About the candidate"), blank=True)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "person"], name="councils_candidate_once")]

    def __str__(self) -> str:
        return str(self.person)


class ElectionVoter(models.Model):
    """Who may vote, fixed at the opening, and whether they did. No moment: it would tell which vote is theirs."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="voters")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    has_voted = models.BooleanField(default=False)
    on_behalf = models.BooleanField(default=False, help_text="Somebody else put the vote in the box")

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "person"], name="councils_electionvoter_once")]


class SecretVote(models.Model):
    """A vote without a voter, a moment or an order. Without a candidate it is a blank vote."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey(Election, models.PROTECT, related_name="votes")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    candidate = models.ForeignKey(Candidate, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfCouncilQuerySet.as_manager()
