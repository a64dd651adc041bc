"""Who speaks: authorities, councils, rule books, members."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from councils.querysets import (
    AppointmentQuerySet,
    AuthorityQuerySet,
    CouncilQuerySet,
    DatedQuerySet,
    MembershipQuerySet,
    OfCouncilQuerySet,
)
from councils.states import (
    AdoptedBy,
    AnswerForm,
    AuthorityKind,
    AuthorityRole,
    CouncilKind,
    CouncilRole,
    InstrumentKind,
    LegalForm,
    SecretaryKind,
)
from portal.constraints import not_before
from portal.models import Document, Person


class Authority(models.Model):
    """An administrative authority (bestuursorgaan): the body that is advised. Its letters go to its office."""

    name = models.CharField(_("Name"), max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=AuthorityKind, default=AuthorityKind.MUNICIPALITY)
    tooi = models.CharField(_("TOOI code"), max_length=6, blank=True, help_text=_("Such as gm0344."))
    addressee = models.CharField(
        _("Addressee of letters"), max_length=200, default="College van burgemeester en wethouders"
    )
    salutation = models.CharField(_("Salutation"), max_length=100, default="Geacht college,")
    office = models.OneToOneField(Person, models.PROTECT, related_name="office_of", null=True, blank=True)
    theme = models.CharField(_("Theme"), max_length=40, blank=True)
    answer_form = models.CharField(
        _("Form of the answer to an advice"), max_length=20, choices=AnswerForm, default=AnswerForm.LETTER
    )
    signatories = models.JSONField(_("Who sign for the executive"), default=list, blank=True)  # {"name", "role"}

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "authorities"
        constraints = [
            models.UniqueConstraint(fields=["tooi"], condition=~models.Q(tooi=""), name="councils_authority_tooi_once"),
            models.CheckConstraint(
                condition=models.Q(tooi="") | models.Q(tooi__regex=r"^gm[0-9]{4}$"), name="councils_authority_tooi_form"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("councils:desk", args=[self.slug])


class Council(models.Model):
    """A client council or advisory council. Everything in its room is closed to the authority."""

    name = models.CharField(_("Name"), max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=CouncilKind, default=CouncilKind.SOCIAL_DOMAIN)
    legal_form = models.CharField(_("Legal form"), max_length=20, choices=LegalForm, blank=True)
    founded_on = models.DateField(_("Founded on"), null=True, blank=True)
    delegated_by_councils = models.BooleanField(_("Members are delegates of other councils"), default=False)
    email = models.EmailField(_("E-mail address of the council"), blank=True)
    phone = models.CharField(_("Phone number"), max_length=40, blank=True)
    post_address = models.TextField(_("Post address"), blank=True)
    place = models.CharField(_("Place above letters"), max_length=80, blank=True)
    about = models.TextField(_("About the council, for the public page"), blank=True)
    number_pattern = models.CharField(
        _("Pattern of the letter numbers"),
        max_length=60,
        default="{year}-{serial:02}",
        help_text=_("With {year}, {yy}, {month}, {day} and {serial}, such as ASD {year}-{serial}."),
    )
    authorities = models.ManyToManyField(Authority, through="ServedBody", related_name="councils")

    objects = CouncilQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("councils:room", args=[self.slug])


class ServedBody(models.Model):
    """Which council advises which authority, from when until when."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="served_bodies")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="served_by")
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Last day"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "authority", "starts_on"], nulls_distinct=False, name="councils_servedbody_once"
            ),
            not_before("starts_on", "ends_on"),
        ]


class ClientGroup(models.Model):
    """A group that a council speaks for (doelgroep)."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="client_groups")
    name = models.CharField(_("Name"), max_length=120)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["council", "name"], name="councils_clientgroup_once")]

    def __str__(self) -> str:
        return self.name


class Instrument(models.Model):
    """One instrument of the rule book. The stack of those valid on a day is the rule book (councils.rulebook)."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="instruments")
    title = models.CharField(_("Title"), max_length=300)
    kind = models.CharField(_("Kind"), max_length=20, choices=InstrumentKind)
    adopted_by = models.CharField(_("Adopted by"), max_length=20, choices=AdoptedBy)
    source = models.CharField(_("Where it is published"), max_length=300, blank=True)
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_until = models.DateField(_("Last day"), null=True, blank=True)
    legal_bases = models.JSONField(default=list, blank=True)
    yields_to = models.CharField(_("The instrument that prevails over this one"), max_length=300, blank=True)
    rules = models.JSONField(default=dict, blank=True)
    remarks = models.JSONField(default=list, blank=True)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "title", "valid_from"], nulls_distinct=False, name="councils_instrument_once"
            ),
            not_before("valid_from", "valid_until"),
        ]

    def __str__(self) -> str:
        return self.title


class Membership(models.Model):
    """A role of a person in a council, with its first and last day. Whether it votes is a fact of its own."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    council = models.ForeignKey(Council, models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=20, choices=CouncilRole, default=CouncilRole.MEMBER)
    votes = models.BooleanField(_("Votes"), default=True)
    secretary_kind = models.CharField(_("Kind of secretary"), max_length=20, choices=SecretaryKind, blank=True)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"), null=True, blank=True)
    client_group = models.ForeignKey(
        ClientGroup, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("Speaks for")
    )
    named_in_public = models.BooleanField(_("Agrees to be named on the public page"), default=False)
    signature = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Picture of the signature")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "council", "role", "starts_on"], name="councils_membership_once_per_start"
            ),
            models.CheckConstraint(
                condition=models.Q(secretary_kind="") | models.Q(role=CouncilRole.SECRETARY),
                name="councils_membership_secretary_kind_of_secretary",
            ),
            not_before("starts_on", "ends_on"),
        ]
        indexes = [models.Index(fields=["person", "starts_on"], name="councils_membership_person")]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_role_display()}"


class Appointment(models.Model):
    """A role of a person at an authority, or as administrator of the portal (then without authority)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="appointments", null=True, blank=True)
    role = models.CharField(_("Role"), max_length=20, choices=AuthorityRole)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "authority", "role", "starts_on"],
                nulls_distinct=False,
                name="councils_appointment_once_per_start",
            ),
            models.CheckConstraint(
                condition=models.Q(role=AuthorityRole.ADMINISTRATOR, authority__isnull=True)
                | ~models.Q(role=AuthorityRole.ADMINISTRATOR) & models.Q(authority__isnull=False),
                name="councils_appointment_authority_unless_administrator",
            ),
            not_before("starts_on", "ends_on"),
        ]


class CouncilDocument(models.Model):
    """A file of the council itself, such as its logo or the text of its rules."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="documents")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    purpose = models.CharField(
        max_length=20, choices=[("logo", _("Logo")), ("rules", _("Rules")), ("other", _("Other"))]
    )

    objects = OfCouncilQuerySet.as_manager()
