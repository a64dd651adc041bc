"""Forms for authorities and councils."""

import re
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from councils.actions.councils import MOST_SIGNATORIES
from councils.models import Authority, Council
from councils.patterns import example, faults, validate_pattern
from councils.states import AnswerForm, SecretaryKind
from portal.forms import PortalForm, PortalFormMixin


class AuthorityForm(PortalFormMixin, forms.ModelForm):
    """The body that is advised, and its office: where its letters go."""

    office_address = forms.CharField(
        label=gettext_lazy("Post address"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("As on the envelope, without the name. For example Postbus 1, 1234 AB Waterveen."),
    )  # fmt: skip
    office_email = forms.EmailField(
        label=gettext_lazy("E-mail address"), required=False,
        help_text=gettext_lazy("The mailbox for letters. Without it the portal makes a letter to print."),
    )  # fmt: skip
    fieldsets = [
        (gettext_lazy("The authority"), ["name", "kind", "tooi"]),
        (gettext_lazy("Letters to the authority"), ["addressee", "salutation", "office_address", "office_email"]),
    ]

    class Meta:
        model = Authority
        fields = ["name", "kind", "tooi", "addressee", "salutation"]
        labels = {"tooi": gettext_lazy("Code in the government register (TOOI)"), "kind": gettext_lazy("What is it?")}
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "name": gettext_lazy("For example Gemeente Waterveen."),
            "tooi": gettext_lazy("For a municipality: gm and four digits, such as gm0344."),
            "addressee": gettext_lazy("Who gets the letters. For example College van burgemeester en wethouders."),
            "salutation": gettext_lazy("How a letter begins. For example Geacht college,"),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        office = self.instance.office
        if office:
            self.initial |= {"office_address": office.post_address, "office_email": office.email}

    def clean_tooi(self) -> str:
        tooi = self.cleaned_data["tooi"].strip().lower()
        if tooi and not re.fullmatch(r"gm\d{4}", tooi):
            raise forms.ValidationError(_("Fill in gm and four digits, for example gm0344. Or leave it empty."))
        return tooi

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in [*self._meta.fields, "office_address", "office_email"]}

    def _post_clean(self) -> None:
        """The verb changes the object, not the form."""


class AnswerLetterForm(PortalForm):
    """How the answers of an authority look, and who sign them."""

    form = forms.ChoiceField(
        label=gettext_lazy("How should the letter look?"), choices=AnswerForm.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("You can choose differently at each answer."),
    )  # fmt: skip

    def __init__(self, *args: Any, authority: Authority, **kwargs: Any):
        known = [*authority.signatories, *[{}] * MOST_SIGNATORIES][:MOST_SIGNATORIES]
        first = {
            f"{part}_{place}": one.get(part, "") for place, one in enumerate(known, 1) for part in ("name", "role")
        }
        kwargs.setdefault("initial", {"form": authority.answer_form, **first})
        super().__init__(*args, **kwargs)
        for place in range(1, MOST_SIGNATORIES + 1):
            number = {"number": place}
            self.fields[f"name_{place}"] = forms.CharField(
                label=_("Name of signatory %(number)s") % number, max_length=120, required=False
            )
            self.fields[f"role_{place}"] = forms.CharField(
                label=_("Role of signatory %(number)s") % number, max_length=120, required=False
            )

    def facts(self) -> dict[str, Any]:
        places = range(1, MOST_SIGNATORIES + 1)
        given = [{part: self.cleaned_data.get(f"{part}_{place}", "") for part in ("name", "role")} for place in places]
        return {"form": self.cleaned_data["form"], "signatories": given}


class CouncilForm(PortalFormMixin, forms.ModelForm):
    """Who the council is, its letterhead and the numbers of its letters."""

    fieldsets = [
        (gettext_lazy("The council"), ["name", "kind", "legal_form", "founded_on", "about"]),
        (gettext_lazy("Letterhead"), ["place", "post_address", "email", "phone"]),
        (gettext_lazy("Numbers of the letters"), ["number_pattern"]),
    ]
    extra_submits = [("preview", gettext_lazy("Show an example of the number"))]

    class Meta:
        model = Council
        fields = [
            "name", "kind", "legal_form", "founded_on", "about", "place", "post_address", "email", "phone",
            "number_pattern",
        ]  # fmt: skip
        labels = {
            "kind": gettext_lazy("What kind of council is it?"),
            "number_pattern": gettext_lazy("How does the number of a letter look?"),
        }
        widgets = {"post_address": forms.Textarea(attrs={"rows": 3}), "about": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "place": gettext_lazy("Stands before the date: Waterveen, 26 mei 2026."),
            "email": gettext_lazy("Answers to mails of the portal go here."),
            "phone": gettext_lazy("Stands on every page as the number for help."),
            "about": gettext_lazy("2 or 3 sentences for visitors: who you are and for whom you speak."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "number_pattern" in self.fields:
            self.fields["number_pattern"].validators.append(validate_pattern)
            self["number_pattern"].help_text = self.number_help()

    def number_help(self) -> str:
        """With the letter that the filled-in pattern would give now."""
        pattern = self["number_pattern"].value() or ""
        told = _("{year} is the year, {serial} the number of the letter in that year; {serial:02} makes it 07.")
        if any(faults(pattern)):
            return told
        shown = _("With this pattern the 7th letter is called %(example)s.") % {"example": example(pattern)}
        return f"{told} {shown}"

    def judge_number_only(self) -> None:
        """For who only wants to see an example: the other answers are not finished yet."""
        for name in set(self.errors) - {"number_pattern"}:
            del self.errors[name]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.fields}

    def _post_clean(self) -> None:
        """The verb changes the object, not the form."""


class NewCouncilForm(CouncilForm):
    """An administrator makes a council for an authority; its secretary is added on the next page."""

    authority = forms.ModelChoiceField(Authority.objects.order_by("name"), label=gettext_lazy("Whom does it advise?"))
    serves_from = forms.DateField(label=gettext_lazy("Since when?"), required=False)
    fieldsets = [
        (gettext_lazy("The council"), ["name", "kind", "authority", "serves_from"]),
        (gettext_lazy("Letterhead"), ["place", "post_address", "email", "phone"]),
        (gettext_lazy("Numbers of the letters"), ["number_pattern"]),
    ]

    class Meta(CouncilForm.Meta):
        fields = ["name", "kind", "place", "post_address", "email", "phone", "number_pattern"]

    def facts(self) -> dict[str, Any]:
        return {
            **super().facts(),
            "authority": self.cleaned_data["authority"],
            "serves_from": self.cleaned_data["serves_from"],
        }


class FirstPersonForm(PortalForm):
    submit_label = gettext_lazy("Next: the authority")
    name = forms.CharField(label=gettext_lazy("What is your name?"), max_length=200,
                           widget=forms.TextInput(attrs={"autocomplete": "name"}))  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("What is your e-mail address?"), widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("You sign in with it. Each time we mail you a code."),
    )  # fmt: skip


class FirstAuthorityForm(AuthorityForm):
    submit_label = gettext_lazy("Next: your council")


class FirstCouncilForm(NewCouncilForm):
    """The first council: its maker becomes its secretary."""

    submit_label = gettext_lazy("Next: the rules")
    secretary_kind = forms.ChoiceField(
        label=gettext_lazy("What are you as secretary?"), choices=SecretaryKind, widget=forms.RadioSelect
    )
    starts_on = forms.DateField(label=gettext_lazy("Since when are you secretary?"), initial=localdate)
    fieldsets = [
        *NewCouncilForm.fieldsets[:1],
        (gettext_lazy("You"), ["secretary_kind", "starts_on"]),
        *NewCouncilForm.fieldsets[1:],
    ]

    def facts(self) -> dict[str, Any]:
        return {
            **super().facts(),
            "secretary_kind": self.cleaned_data["secretary_kind"],
            "secretary_since": self.cleaned_data["starts_on"],
        }


class ServedBodyForm(PortalForm):
    submit_label = gettext_lazy("Add authority")
    authority = forms.ModelChoiceField(Authority.objects.order_by("name"), label=gettext_lazy("Authority"))
    starts_on = forms.DateField(label=gettext_lazy("First day"), required=False)
    ends_on = forms.DateField(label=gettext_lazy("Last day"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("starts_on") and cleaned.get("ends_on") and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", _("The last day lies before the first day."))
        return cleaned


class ServedPeriodForm(ServedBodyForm):
    submit_label = gettext_lazy("Save")
    authority = None  # type: ignore[assignment]  # the pair stays


class ClientGroupForm(PortalForm):
    submit_label = gettext_lazy("Add group")
    name = forms.CharField(
        label=gettext_lazy("Group"), max_length=120, help_text=gettext_lazy("For example people with dementia.")
    )
