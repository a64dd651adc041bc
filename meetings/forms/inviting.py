from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meetings.actions.inviting import Asked
from meetings.states import Answer, Channel, InviteeRole
from portal.forms import PortalForm
from portal.models import Person


class WhoForm(PortalForm):
    """The first step: whom, and what to say above the invitation."""

    submit_label = _("Next: check before sending")
    people = forms.MultipleChoiceField(label=_("Whom do you invite?"), widget=forms.CheckboxSelectMultiple)
    own_words = forms.CharField(
        label=_("Do you want to say something above the invitation?"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": "3"}), help_text=_("Everybody whom you invite now can read it."),
    )  # fmt: skip
    required_messages = {"people": _("Choose at least one person.")}

    def __init__(self, *args: Any, possible: Iterable[Asked], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.possible = {str(one.person.pk): one for one in possible}
        self.fields["people"].choices = [(pk, self._words(one)) for pk, one in self.possible.items()]  # type: ignore[attr-defined]
        self.initial.setdefault("people", list(self.possible))

    def _words(self, one: Asked) -> str:
        role = "" if one.role == InviteeRole.MEMBER else f" ({InviteeRole(one.role).label.lower()})"
        return f"{one.person.name}{role}"

    def asked(self) -> list[Asked]:
        """Who was chosen, each by the way that was chosen in the second step, if it was."""
        chosen = [self.possible[pk] for pk in self.cleaned_data["people"]]
        return [Asked(one.person, self._way(one), one.role) for one in chosen]

    def _way(self, one: Asked) -> str:
        wanted = self.data.get(f"channel_{one.person.pk}", "")
        return wanted if wanted in Channel else one.channel


class GuestForm(PortalForm):
    """Somebody who is no member: known at the authority, or new here."""

    submit_label = _("Put on the list")
    role = forms.ChoiceField(
        label=_("Comes as"), choices=[(r.value, r.label) for r in (InviteeRole.GUEST, InviteeRole.AUTHORITY)],
        widget=forms.RadioSelect,
    )  # fmt: skip
    officer = forms.ChoiceField(label=_("Somebody of the authority"), required=False)
    name = forms.CharField(label=_("Or fill in a name"), required=False, max_length=200)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = forms.CharField(label=_("Phone number"), required=False, max_length=40)
    post_address = forms.CharField(
        label=_("Post address"), required=False, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("Street and number, then postcode and town on a new line."),
    )  # fmt: skip
    conditional = ["officer", "name"]

    def __init__(self, *args: Any, officers: Iterable[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.officers = {str(person.pk): person for person in officers}
        names = [(pk, person.name) for pk, person in self.officers.items()]
        self.fields["officer"].choices = [("", _now("Make a choice")), *names]  # type: ignore[attr-defined]
        if not names:
            del self.fields["officer"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("officer") and not cleaned.get("name", "").strip():
            self.add_error("name", _now("Choose somebody of the authority or fill in a name."))
        return cleaned


class AnswerForm(PortalForm):
    submit_label = _("Send my answer")
    row = ["answer"]
    tiles = ["answer"]
    answer = forms.ChoiceField(
        label=_("Are you coming?"),
        choices=[(Answer.ACCEPTED, _("Yes, I am coming")), (Answer.DECLINED, _("No, I am not coming"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Do you want to tell the secretary something?"), required=False, max_length=300,
        help_text=_("Only the secretary reads this."),
    )  # fmt: skip
    required_messages = {"answer": _("Choose whether you are coming.")}

    def noted(self) -> str | None:
        """None when the page did not ask."""
        return self.cleaned_data["note"] if "note" in self.data else None


class DeputyForm(PortalForm):
    submit_label = _("Let this person come instead")
    deputy = forms.ChoiceField(label=_("Who comes instead?"))
    required_messages = {"deputy": _("Choose another member of the council.")}

    def __init__(self, *args: Any, possible: Iterable[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.possible = {str(person.pk): person for person in possible}
        names = [(pk, person.name) for pk, person in self.possible.items()]
        self.fields["deputy"].choices = [("", _now("Make a choice")), *names]  # type: ignore[attr-defined]

    def chosen(self) -> Person:
        return self.possible[self.cleaned_data["deputy"]]
