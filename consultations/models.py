"""What a council is asked and hears: policy topics, requests for advice, activities and signals."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.querysets import (
    OPEN,
    ActivityQuerySet,
    AdviceRequestQuerySet,
    CouncilRequestQuerySet,
    PolicyTopicQuerySet,
    RequestDocumentQuerySet,
    ThinkingAlongQuerySet,
)
from consultations.states import Channel, Consent, Form, Law, Phase, RequestState, Rung, Visibility
from councils.models import Authority, Council
from meetings.models import AgendaItem
from portal.constraints import both_or_neither, not_before
from portal.models import Document, Person


class PolicyTopic(models.Model):
    """A subject of policy of an authority, on which councils can be asked and heard.

    Announced with its expected dates, it stands on the long-term agenda (langetermijnagenda) that both sides see.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="policy_topics")
    name = models.CharField(_("Topic"), max_length=200)
    laws = ArrayField(models.CharField(max_length=30, choices=Law), default=list, blank=True, verbose_name=_("Laws"))
    groups = models.CharField(_("Who it concerns"), max_length=300, blank=True)
    phase = models.CharField(_("Policy phase"), max_length=20, choices=Phase, default=Phase.PREPARATION)
    contact = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Contact officer")
    )
    summary = models.TextField(_("What is coming?"), blank=True)
    councils = models.ManyToManyField(
        Council, related_name="announced_topics", blank=True, verbose_name=_("Which councils does it concern?")
    )
    announced_on = models.DateField(_("Announced on"), null=True, blank=True)
    request_expected_on = models.DateField(_("Request expected on"), null=True, blank=True)
    decision_expected_on = models.DateField(_("Decision expected on"), null=True, blank=True)
    dropped_on = models.DateField(_("Taken off on"), null=True, blank=True)
    drop_reason = models.TextField(_("Why is it off the agenda?"), blank=True)

    objects = PolicyTopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="consultations_policytopic_once"),
            not_before("request_expected_on", "decision_expected_on"),
            models.CheckConstraint(
                condition=models.Q(dropped_on__isnull=True) | ~models.Q(drop_reason=""),
                name="consultations_policytopic_dropped_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["authority", "request_expected_on"], name="consultations_topic_agenda")]

    def __str__(self) -> str:
        return self.name


class ThinkingAlong(models.Model):
    """Thinking along at the front (meedenken): a talk about a topic before any request, without a formal advice.

    Both sides see it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    topic = models.ForeignKey(PolicyTopic, models.PROTECT, related_name="talks")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    held_on = models.DateField(_("When was it?"))
    who = models.CharField(_("Who talked together?"), max_length=300, blank=True)
    said = models.TextField(_("What did the council say?"))
    taken_along = models.TextField(_("What does the authority do with it?"), blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    objects = ThinkingAlongQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.said[:60]

    def can_correct(self, person: Person, *, at_authority: bool) -> bool:
        """What the authority answered to stays as it read it."""
        today = timezone.localdate(self.entered_at) == timezone.localdate()
        return today and self.entered_by_id == person.pk and (at_authority or not self.taken_along)


class AdviceRequest(models.Model):
    """A request for advice (adviesaanvraag) of one authority, to one or several councils. A draft until submitted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="requests")
    also_for = models.ManyToManyField(
        Authority, related_name="joint_requests", blank=True, verbose_name=_("Which authorities ask with you?")
    )
    topic = models.ForeignKey(PolicyTopic, models.PROTECT, null=True, blank=True, related_name="requests")
    subject = models.CharField(_("Subject"), max_length=200)
    reference = models.CharField(_("Reference of the authority"), max_length=60, blank=True)
    letter_date = models.DateField(_("Date of the letter"), null=True, blank=True)
    summary = models.TextField(_("What is it about?"), blank=True)
    questions = models.JSONField(_("Questions"), default=list, blank=True)  # list of str
    changeable = models.TextField(_("What can still be changed?"), blank=True)
    fixed = models.TextField(_("What can no longer be changed?"), blank=True)
    groups = models.CharField(_("Who does it concern?"), max_length=300, blank=True)
    laws = ArrayField(models.CharField(max_length=30, choices=Law), default=list, blank=True, verbose_name=_("Laws"))
    wanted_on = models.DateField(_("Advice wanted by"), null=True, blank=True)
    decision_on = models.DateField(_("Decision of the executive expected on"), null=True, blank=True)
    urgent = models.BooleanField(_("This request is urgent"), default=False)
    urgency_reason = models.TextField(_("Why can it not wait?"), blank=True)
    planning_note = models.TextField(_("What must the council know about the planning?"), blank=True)
    contact = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("Contact officer"))
    contact_details = models.CharField(
        _("Whom can we call or mail?"), max_length=200, blank=True, help_text="Of a registered request"
    )
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    registered = models.BooleanField(default=False, help_text="Entered by the secretary from a letter or mail")
    channel = models.CharField(_("How did it come?"), max_length=20, choices=Channel, blank=True)
    original = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    wanted_councils = models.ManyToManyField(Council, related_name="+", blank=True)  # of a draft

    objects = AdviceRequestQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["authority", "-created_at"], name="consultations_request_auth")]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_draft(self) -> bool:
        return self.submitted_at is None

    def askers(self) -> list[Authority]:
        """All who ask: the authority that leads first, then who asks along, by name."""
        return [self.authority, *self.also_for.order_by("name")]

    def get_absolute_url(self) -> str:
        return reverse("consultations:request", args=[self.authority.slug, self.public_id])


class CouncilRequest(models.Model):
    """A request as it lies with one council, with its own dates and state. Both sides see this."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(AdviceRequest, models.PROTECT, related_name="to_councils")
    council = models.ForeignKey(Council, models.PROTECT, related_name="requests")
    state = models.CharField(_("State"), max_length=20, choices=RequestState, default=RequestState.SUBMITTED)
    received_on = models.DateField(_("Received on"))
    due_on = models.DateField(_("Advice due on"), null=True, blank=True)
    due_article = models.CharField(max_length=200, blank=True)
    due_steps = models.JSONField(default=list, blank=True)  # the sum: how the date was counted
    short_notice = models.CharField(
        _("Note on a term that is too short"), max_length=300, blank=True, help_text="Stays with the dossier for good"
    )
    # Of an urgent request: what the chair said to the shorter term.
    consent = models.CharField(_("Consent to the shorter term"), max_length=20, choices=Consent, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    consent_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    consent_recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    consent_note = models.TextField(_("What was agreed?"), blank=True)
    decline_until = models.DateField(_("Last day to decline"), null=True, blank=True)
    accepted_on = models.DateField(_("Accepted on"), null=True, blank=True)
    extended_on = models.DateField(_("Extended on"), null=True, blank=True)
    extension_reason = models.TextField(_("Reason of the extension"), blank=True)
    closed_on = models.DateField(null=True, blank=True)
    close_reason = models.TextField(_("Reason"), blank=True)
    close_note = models.CharField(max_length=300, blank=True, help_text="What the rule book said of the closing")
    handled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    agenda_item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="requests")

    objects = CouncilRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "council"], name="consultations_councilrequest_once"),
            models.CheckConstraint(
                condition=~models.Q(state=RequestState.DECLINED) | ~models.Q(close_reason=""),
                name="consultations_councilrequest_declined_with_reason",
            ),
            both_or_neither("consent_on", "consent_by"),
        ]
        indexes = [models.Index(fields=["council", "state", "due_on"], name="consultations_creq_council")]

    def __str__(self) -> str:
        return self.request.subject

    @property
    def authority_id(self) -> int:
        return self.request.authority_id

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def get_absolute_url(self) -> str:
        return reverse("consultations:dossier", args=[self.council.slug, self.public_id])


class RequestDocument(models.Model):
    request = models.ForeignKey(AdviceRequest, models.PROTECT, related_name="documents")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    title = models.CharField(_("Title"), max_length=200)
    visibility = models.CharField(_("Who may see it"), max_length=20, choices=Visibility, default=Visibility.OPEN)
    embargo_until = models.DateField(_("Until"), null=True, blank=True)

    objects = RequestDocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    @property
    def under_embargo(self) -> bool:
        """The last day of the embargo belongs to it."""
        today = timezone.localdate()
        return self.visibility == Visibility.EMBARGO and self.embargo_until is not None and self.embargo_until >= today


class RequestQuestion(models.Model):
    """A question asked back by the council, and its answer: dated, on file, seen by both sides."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council_request = models.ForeignKey(CouncilRequest, models.PROTECT, related_name="questions")
    question = models.TextField(_("Question"))
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("Answer"), blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    received_on = models.DateField(
        _("On which day did the answer come in?"), null=True, blank=True, help_text="Of an answer by mail or post"
    )
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["asked_at"]
        constraints = [both_or_neither("answered_at", "answered_by")]

    def __str__(self) -> str:
        return self.question


class Activity(models.Model):
    """What we heard: an activity or signal, stripped of names. Private to the council until an advice is published."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="activities")
    title = models.CharField(_("In one line"), max_length=200)
    form = models.CharField(_("Form"), max_length=30, choices=Form)
    rung = models.CharField(_("Rung of the participation ladder"), max_length=20, choices=Rung, default=Rung.CONSULT)
    group = models.CharField(_("Group"), max_length=200, blank=True)
    place = models.CharField(_("Place"), max_length=200, blank=True)
    held_on = models.DateField(_("Date"))
    count = models.PositiveIntegerField(_("How many people"), null=True, blank=True)
    heard = models.TextField(_("What was heard"))
    topics = models.ManyToManyField(PolicyTopic, related_name="activities", blank=True, verbose_name=_("Topics"))
    is_public = models.BooleanField(default=False)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["council", "-held_on"], name="consultations_activity_council")]

    def __str__(self) -> str:
        return self.title
