"""The advice as it is written: only the council's room sees this."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.querysets import AdviceQuerySet
from advice.states import AdviceKind, AdviceState, DocumentKind, EnteredBy, Relation, SourceKind, Tenor
from consultations.models import Activity, CouncilRequest, PolicyTopic, RequestDocument
from consultations.states import Law
from councils.models import Authority, Council
from councils.querysets import OfCouncilQuerySet
from portal.models import Document, Person


class Advice(models.Model):
    """A council's answer to a request, or its own unsolicited advice."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="advices", help_text="The leading council")
    joint_with = models.ManyToManyField(Council, related_name="joint_advices", blank=True)
    authorities = models.ManyToManyField(Authority, related_name="advices")
    request = models.ForeignKey(CouncilRequest, models.PROTECT, null=True, blank=True, related_name="advices")
    topic = models.ForeignKey(PolicyTopic, models.PROTECT, null=True, blank=True, related_name="advices")
    kind = models.CharField(_("Kind"), max_length=20, choices=AdviceKind, default=AdviceKind.UNSOLICITED)
    document = models.CharField(_("Kind of letter"), max_length=20, choices=DocumentKind, default=DocumentKind.ADVICE)
    tenor = models.CharField(_("Our judgement"), max_length=30, choices=Tenor, default=Tenor.NONE)
    state = models.CharField(_("State"), max_length=20, choices=AdviceState, default=AdviceState.DRAFT)
    subject = models.CharField(_("Subject"), max_length=200)
    laws = ArrayField(models.CharField(max_length=30, choices=Law), default=list, blank=True, verbose_name=_("Laws"))
    attention_of = models.CharField(_("For the attention of"), max_length=200, blank=True)
    your_reference = models.CharField(_("Reference of the authority"), max_length=60, blank=True)
    salutation = models.CharField(_("Salutation"), max_length=100, blank=True)
    plain_summary = models.TextField(_("Summary in plain language"), blank=True)
    consulted = models.JSONField(default=list, blank=True)  # list of str: heard before the portal
    copy_to = models.JSONField(default=list, blank=True)  # list of str
    language = models.CharField(max_length=20, default="nl")
    concerns = models.ForeignKey(
        "advice.Letter", models.PROTECT, null=True, blank=True, related_name="drafts_about", verbose_name=_("Letter")
    )
    relation = models.CharField(_("What it does"), max_length=20, choices=Relation, blank=True)
    imported_request = models.JSONField(null=True, blank=True)  # request of an imported file, as it was
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(concerns__isnull=True, relation="")
                | models.Q(concerns__isnull=False) & ~models.Q(relation=""),
                name="advice_advice_concerns_with_relation",
            ),
        ]
        indexes = [models.Index(fields=["council", "-created_at"], name="advice_advice_council")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("advice:detail", args=[self.council.slug, self.public_id])


class Section(models.Model):
    """A part of the text. `version` counts up at each save; a stale version never overwrites."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    advice = models.ForeignKey(Advice, models.CASCADE, related_name="sections")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(_("Heading"), max_length=200)
    text = models.TextField(_("Text"), blank=True)  # HTML of the small set, cleaned on write (portal.text)
    hint = models.TextField(blank=True, help_text="What the template says should stand here")
    version = models.PositiveIntegerField(default=1)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.heading


class Recommendation(models.Model):
    """A numbered recommendation (aanbeveling). What it rests on are the activities where we heard it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    advice = models.ForeignKey(Advice, models.CASCADE, related_name="recommendations")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("Recommendation"))
    reason = models.TextField(_("Why"), blank=True)
    refers_to = models.CharField(_("Document and article or page"), max_length=300, blank=True)
    rests_on = models.ManyToManyField(Activity, related_name="recommendations", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["advice", "number"],
                deferrable=models.Deferrable.DEFERRED,
                name="advice_recommendation_number_once",
            ),
        ]


class Source(models.Model):
    """A document that a recommendation rests on, with page or article. `title` stays when the document is gone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="sources")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("What is it?"), max_length=20, choices=SourceKind)
    title = models.CharField(_("Title"), max_length=300)
    request_document = models.ForeignKey(RequestDocument, models.SET_NULL, null=True, blank=True, related_name="+")
    url = models.URLField(_("Address on the internet"), max_length=500, blank=True)
    place = models.CharField(_("Page or article"), max_length=100, blank=True)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.title}, {self.place}" if self.place else self.title

    @property
    def is_gone(self) -> bool:
        """A document of the request that is no longer there: its title stays."""
        return self.kind == SourceKind.REQUEST_DOCUMENT and self.request_document_id is None


class Attachment(models.Model):
    """What goes with the letter: a text of its own, or a file."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    advice = models.ForeignKey(Advice, models.CASCADE, related_name="attachments")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("Title"), max_length=200, blank=True)
    text = models.TextField(_("Text"), blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    advice = models.ForeignKey(Advice, models.CASCADE, related_name="questions")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("Question"))

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["number"]


class MinorityView(models.Model):
    """Another view (minority). One with an author is written by that person alone; the majority cannot change it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    advice = models.ForeignKey(Advice, models.CASCADE, related_name="minority_views")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    by = models.CharField(_("Whose view"), max_length=200)
    text = models.TextField(_("Text"))
    author = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=20, choices=EnteredBy, default=EnteredBy.SELF)
    written_at = models.DateTimeField(default=timezone.now)

    objects = OfCouncilQuerySet.as_manager()


class Signatory(models.Model):
    advice = models.ForeignKey(Advice, models.CASCADE, related_name="signatories")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("Name"), max_length=200)
    role = models.CharField(_("Role"), max_length=100)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["position"]


class Comment(models.Model):
    """What a member says about an advice, a recommendation or a paragraph of a part, before it is adopted."""

    advice = models.ForeignKey(Advice, models.CASCADE, related_name="comments")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    recommendation = models.ForeignKey(
        Recommendation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("About which part"),
    )
    section = models.ForeignKey(Section, models.SET_NULL, null=True, blank=True, related_name="comments")
    quoted = models.TextField(blank=True, help_text="The paragraph as it was when this was said")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(_("Your comment"))
    at = models.DateTimeField(default=timezone.now)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
