"""What happens at a meeting and what is left of it: presence, minutes, decisions, actions."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.models import Council
from councils.querysets import OfCouncilQuerySet
from meetings.models.agenda import AgendaItem
from meetings.models.invitees import Invitee
from meetings.models.meeting import Meeting
from meetings.querysets import ActionItemQuerySet, MeetingDecisionQuerySet
from meetings.states import CorrectionState, GuestCapacity, MinutesState
from portal.constraints import InsertOnly
from portal.models import Document, Person


class Presence(models.Model):
    """A stretch of the meeting that somebody was there; more than one when she left and came back."""

    invitee = models.ForeignKey(Invitee, models.CASCADE, related_name="presences")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    from_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: from the opening"
    )
    until_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="+",
        help_text="The last item that she was there for; empty: until the end",
    )  # fmt: skip

    objects = OfCouncilQuerySet.as_manager()


class Recusal(models.Model):
    """Somebody stays out of one item, because of an interest."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="recusals")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(_("Why?"), max_length=300)
    noted_at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="meetings_recusal_once")]


class Guest(models.Model):
    """Who was there without being invited as a person: a guest, somebody of the authority, the public gallery."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="guests")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    name = models.CharField(_("Name"), max_length=200)
    capacity = models.CharField(_("As what?"), max_length=20, choices=GuestCapacity, default=GuestCapacity.GUEST)
    organisation = models.CharField(_("On behalf of"), max_length=200, blank=True)

    objects = OfCouncilQuerySet.as_manager()


class ItemMinutesVersion(InsertOnly):
    """What stood at one item after each saving. Nothing that somebody wrote is lost."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="minutes_versions")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: it never came in the minutes")
    based_on = models.PositiveIntegerField(default=0, help_text="The version that the writer saw")
    automatic = models.BooleanField(default=False, help_text="Kept while somebody typed, for its author only")
    report = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    public_report = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "version"], name="meetings_itemminutes_version_once")]


class Minutes(models.Model):
    """The minutes of a meeting as a whole: draft, correction round, adopted in a later meeting."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    state = models.CharField(_("State"), max_length=20, choices=MinutesState, default=MinutesState.DRAFT)
    sent_at = models.DateTimeField(null=True, blank=True)
    corrections_until = models.DateField(_("Corrections until"), null=True, blank=True)
    adopted_on = models.DateField(null=True, blank=True)
    adopted_at_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="adopts_minutes"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="The last withdrawal from the public page")
    withdrawn_why = models.CharField(_("Why is it withdrawn?"), max_length=300, blank=True)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=MinutesState.ADOPTED, adopted_on__isnull=False)
                | ~models.Q(state=MinutesState.ADOPTED) & models.Q(adopted_on__isnull=True),
                name="meetings_minutes_adopted_has_day",
            ),
        ]


class AdoptedMinutes(InsertOnly):
    """The minutes as they were adopted: their data and the two PDFs made from it. Written once."""

    minutes = models.OneToOneField(Minutes, models.PROTECT, related_name="adopted")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    content = models.JSONField(help_text="Plain data of the whole minutes, the source of page and PDF")
    sha256 = models.CharField(max_length=64)
    adopted_at = models.DateTimeField(default=timezone.now)
    adopted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = OfCouncilQuerySet.as_manager()


class PublicMinutes(InsertOnly):
    """The short minutes as the public read them. What is published again after a withdrawal is a next edition."""

    adopted = models.ForeignKey(AdoptedMinutes, models.PROTECT, related_name="publications")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField()
    content = models.JSONField(help_text="Plain data, without closed items and without who did not agree to be named")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["adopted", "edition"], name="meetings_publicminutes_edition_once")
        ]


class MinutesFile(InsertOnly):
    """A PDF of adopted minutes: whole for the council, or an edition for the public."""

    adopted = models.ForeignKey(AdoptedMinutes, models.PROTECT, related_name="files")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    publication = models.ForeignKey(
        PublicMinutes, models.PROTECT, null=True, blank=True, related_name="files", help_text="Empty: the whole minutes"
    )
    large = models.BooleanField(default=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["adopted", "publication", "large"], nulls_distinct=False, name="meetings_minutesfile_once"
            )
        ]


class MinutesCorrection(models.Model):
    """What a member wants to see changed in the draft, at one item or in general, and what was done with it."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="corrections")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="corrections")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(_("What should be different?"))
    sent_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(_("State"), max_length=20, choices=CorrectionState, default=CorrectionState.OPEN)
    answer = models.TextField(_("What was done with it"), blank=True)

    objects = OfCouncilQuerySet.as_manager()


class MeetingDecision(models.Model):
    """One line of the decision register. Its number stays: the day and a serial (20261121-003)."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="meeting_decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="registered_decisions")
    number = models.CharField(max_length=20)
    text = models.TextField(_("What was decided"))
    decided_on = models.DateField(_("Decided on"))
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    quorum = models.JSONField(default=dict, blank=True, help_text="present, needed, met, article: as judged that day")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    objects = MeetingDecisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["council", "number"], name="meetings_decision_number_once")]

    def __str__(self) -> str:
        return self.number


class ActionItem(models.Model):
    """An action keeps its number for life and stays on the list until it is done."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="action_items")
    agenda_item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="actions")
    number = models.CharField(max_length=20, help_text="20261121-003, shared with the decisions of the day")
    text = models.CharField(_("What"), max_length=300)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="action_items", verbose_name=_("Who"))
    noted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Noted by")
    )
    noted_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("Last day"), null=True, blank=True)
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    done_note = models.CharField(_("What was done?"), max_length=300, blank=True)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["council", "number"], name="meetings_actionitem_number_once")]
