"""Person (someone we know) and User (someone who signs in). See docs/decisions/ on why they stand apart."""

import uuid

import rules
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Person(models.Model):
    """Someone who takes part, with or without e-mail. An office (a mailbox of an authority) is one too."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=200)
    email = models.EmailField(_("E-mail address"), blank=True)
    phone = models.CharField(_("Phone number"), max_length=40, blank=True)
    post_address = models.TextField(_("Post address"), blank=True, help_text=_("One line per address line."))
    email_failed_at = models.DateTimeField(null=True, blank=True, help_text="When mail came back: no such address")
    is_office = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email="") & models.Q(is_office=False),
                name="portal_person_email_once",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="portal_person_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reachable_by_email(self) -> bool:
        return bool(self.email)

    @property
    def initials(self) -> str:
        words = [word for word in self.name.split() if word[0].isupper()] or self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class UserManager(BaseUserManager["User"]):
    def get_queryset(self):
        return super().get_queryset().select_related("person")

    def create_user(self, person: Person, password: str | None = None) -> "User":
        user = self.model(person=person, email=person.email.lower())
        user.set_password(password)  # None makes it unusable: sign in by e-mailed code
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A sign-in. Rights come from dated facts about the person, never from here."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="user")
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    objects = UserManager()

    def __str__(self) -> str:
        return self.person.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and rules.has_perm(perm, self, obj)


class Invitation(models.Model):
    """An invitation to make an account. The link is the signed public_id; it works once and for a limited time."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    council_id = models.BigIntegerField(null=True, blank=True)
    authority_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(accepted_at=None), name="portal_invitation_one_open"
            ),
        ]

    @property
    def is_expired(self) -> bool:
        return self.accepted_at is None and self.expires_at <= timezone.now()

    @property
    def days(self) -> int:
        return settings.INVITATION_DAYS
