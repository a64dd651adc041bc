"""Forms for members of a council and officers of an authority."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from councils.actions.members import Row
from councils.models import Council, Membership
from councils.states import AuthorityRole, CouncilRole, SecretaryKind
from portal.forms import PortalForm
from portal.models import Person

ADDRESS_HELP = gettext_lazy("For who gets letters on paper. One line per address line.")


class PeriodMixin:
    """A first day and a last day in the right order."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}  # type: ignore[misc]
        if cleaned.get("starts_on") and cleaned.get("ends_on") and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", _("The last day lies before the first day."))  # type: ignore[attr-defined]
        return cleaned


class SeatForm(PeriodMixin, PortalForm):
    """What a person is in the council, and how long."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=CouncilRole, initial=CouncilRole.MEMBER)
    secretary_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of secretary"), choices=[("", "---------"), *SecretaryKind.choices], required=False,
        help_text=gettext_lazy("Only for a secretary."),
    )  # fmt: skip
    votes = forms.BooleanField(label=gettext_lazy("Votes in meetings"), required=False, initial=True)
    client_group = forms.ModelChoiceField(None, label=gettext_lazy("Speaks for"), required=False)
    starts_on = forms.DateField(label=gettext_lazy("First day"), initial=localdate)
    ends_on = forms.DateField(
        label=gettext_lazy("Last day of the term"), required=False,
        help_text=gettext_lazy("The day after this the access stops. Leave it empty if you do not know."),
    )  # fmt: skip
    named_in_public = forms.BooleanField(label=gettext_lazy("Agrees to be named on the public page"), required=False)
    seat_fields = ["role", "secretary_kind", "votes", "client_group", "starts_on", "ends_on", "named_in_public"]
    conditional = ["secretary_kind"]

    def __init__(self, *args: Any, council: Council, membership: Membership | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["client_group"].queryset = council.client_groups.order_by("name")  # type: ignore[attr-defined]
        self.membership = membership
        if membership:
            self.initial |= {name: getattr(membership, name) for name in self.seat_fields}
            self.initial["client_group"] = membership.client_group_id

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("role") == CouncilRole.SECRETARY and not cleaned.get("secretary_kind"):
            self.add_error("secretary_kind", _("Choose what kind of secretary this is."))
        elif cleaned.get("role") != CouncilRole.SECRETARY:
            cleaned["secretary_kind"] = ""
        return cleaned

    def seat(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.seat_fields}


class DetailsMixin(forms.Form):
    """Who a person is and how to reach her."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), required=False,
        help_text=gettext_lazy("Without an e-mail address the portal makes letters to print."),
    )  # fmt: skip
    phone = forms.CharField(label=gettext_lazy("Phone number"), max_length=40, required=False)
    post_address = forms.CharField(
        label=gettext_lazy("Post address"), widget=forms.Textarea(attrs={"rows": 3}), required=False,
        help_text=ADDRESS_HELP,
    )  # fmt: skip
    detail_fields = ["name", "email", "phone", "post_address"]

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.detail_fields}


class NewMemberForm(SeatForm, DetailsMixin):
    submit_label = gettext_lazy("Add this person")
    send_invitation = forms.BooleanField(
        label=gettext_lazy("Mail an invitation to make an account at once"), required=False, initial=True
    )
    fieldsets = [
        (gettext_lazy("Who is it?"), DetailsMixin.detail_fields),
        (gettext_lazy("Role in the council"), SeatForm.seat_fields),
    ]


class MemberForm(SeatForm, DetailsMixin):
    """Of who has an account the details are hers: then only the seat can be changed here."""

    fieldsets = [
        (gettext_lazy("Who is it?"), DetailsMixin.detail_fields),
        (gettext_lazy("Role in the council"), SeatForm.seat_fields),
    ]

    def __init__(self, *args: Any, may_edit_person: bool, membership: Membership, **kwargs: Any):
        super().__init__(*args, membership=membership, **kwargs)
        self.may_edit_person = may_edit_person
        for name in self.detail_fields:
            if may_edit_person:
                self.initial[name] = getattr(membership.person, name)
            else:
                del self.fields[name]


class LastDayForm(PortalForm):
    submit_label = gettext_lazy("End on this day")
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"), initial=localdate,
        help_text=gettext_lazy("On this day there is still access, the day after no more."),
    )  # fmt: skip


class MemberListForm(PeriodMixin, PortalForm):
    """Many members at once: one per line."""

    submit_label = gettext_lazy("Add these people")
    people = forms.CharField(
        label=gettext_lazy("Names and e-mail addresses"), widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy(
            "One person per line, for example: Fatma Yılmaz; fatma@voorbeeld.nl. Without e-mail: only the name."
        ),
    )  # fmt: skip
    starts_on = forms.DateField(label=gettext_lazy("First day of all these people"), initial=localdate)
    ends_on = forms.DateField(label=gettext_lazy("Last day of the term"), required=False)
    send_invitation = forms.BooleanField(
        label=gettext_lazy("Mail everybody with an e-mail address an invitation at once"), required=False, initial=True
    )

    def clean_people(self) -> list[Row]:
        rows, wrong, seen = [], [], set()
        for number, line in enumerate(self.cleaned_data["people"].splitlines(), 1):
            if not line.strip():
                continue
            name, email = split_line(line)
            fault = fault_of(name, email)
            if not fault and not email and ";" in line.strip().rstrip(";"):
                fault = _("what stands after the “;” is no e-mail address")
            if not fault and email and email.lower() in seen:
                fault = _("this e-mail address stands on another line too")
            if fault:
                wrong.append(_("Line %(number)d: %(fault)s.") % {"number": number, "fault": fault})
            seen.add(email.lower())
            rows.append(Row(name, email))
        if wrong:
            raise ValidationError(wrong)
        return rows


def split_line(line: str) -> tuple[str, str]:
    """`Naam; adres`, also with a tab, a comma or <adres> as mail programs and spreadsheets give it."""
    match = re.search(r"<?([^\s;,<>]+@[^\s;,<>]+)>?", line)
    email = match[1] if match else ""
    name = line.replace(match[0], "") if match else line
    return " ".join(re.split(r"[;,\t]", name)).strip(' ;,\t"'), email


def fault_of(name: str, email: str) -> str:
    if not name:
        return _("the name is missing")
    if len(name) > 200:
        return _("the name is too long")
    try:
        if email:
            validate_email(email)
    except ValidationError:
        return _("%(email)s is no e-mail address") % {"email": email}
    return ""


class AppointmentForm(PeriodMixin, PortalForm):
    submit_label = gettext_lazy("Add this person and mail an invitation")
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    phone = forms.CharField(label=gettext_lazy("Phone number"), max_length=40, required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), widget=forms.RadioSelect, initial=AuthorityRole.POLICY_OFFICER,
        choices=[choice for choice in AuthorityRole.choices if choice[0] != AuthorityRole.ADMINISTRATOR],
    )  # fmt: skip
    starts_on = forms.DateField(label=gettext_lazy("First day"), initial=localdate)
    ends_on = forms.DateField(label=gettext_lazy("Last day"), required=False)


class AdministratorForm(AppointmentForm):
    role = None  # type: ignore[assignment]


class ProfileForm(PortalForm):
    """One's own details. The e-mail address is the sign-in, and changes only with help."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    phone = forms.CharField(label=gettext_lazy("Phone number"), max_length=40, required=False)
    post_address = forms.CharField(
        label=gettext_lazy("Post address"), widget=forms.Textarea(attrs={"rows": 3}), required=False,
        help_text=ADDRESS_HELP,
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, memberships: list[Membership], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial |= {name: getattr(person, name) for name in ("name", "phone", "post_address")}
        self.memberships = memberships
        for membership in memberships:
            label = _("My name may stand on the public page of %(council)s") % {"council": membership.council.name}
            self.fields[f"named_{membership.pk}"] = forms.BooleanField(
                label=label, required=False, initial=membership.named_in_public
            )

    def consents(self) -> dict[int, bool]:
        return {m.pk: self.cleaned_data[f"named_{m.pk}"] for m in self.memberships}


class EmailForm(PortalForm):
    email = forms.EmailField(
        label=gettext_lazy("New e-mail address"),
        help_text=gettext_lazy("An account signs in with it from now on. Be sure that it is from this person."),
    )
