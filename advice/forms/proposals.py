"""Input for a proposed text: what should happen, the words, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advice.forms.opinions import HEARD
from advice.opinions import asked_of
from advice.states import ProposalAction
from councils.models import Council
from portal.forms import PortalForm
from portal.models import Person

OBJECTION = "objection"
WHAT = [
    (ProposalAction.REPLACE, _("Write this instead")),
    (OBJECTION, _("I do not agree with this, but I have no other text")),
    (ProposalAction.ADD, _("Add this after it")),
    (ProposalAction.REMOVE, _("Take this out")),
]


class ProposalForm(PortalForm):
    submit_label: Any = _("Send the proposal")
    guarded = True
    tiles = ["what", "channel"]
    conditional = ["text", "why", "person", "channel"]
    required_messages = {"what": _("Choose what should happen.")}

    original = forms.CharField(widget=forms.HiddenInput, strip=False)
    what = forms.ChoiceField(label=_("What should happen?"), choices=WHAT, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("The new text"),
        help_text=_("Only for “write this instead” and “add this after it”."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    why = forms.CharField(
        label=_("Because …"),
        help_text=_("One sentence is enough. No names of residents."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    person = forms.ModelChoiceField(
        label=_("Whose proposal is it?"), queryset=Person.objects.none(), required=False, empty_label=_("My own")
    )
    channel = forms.ChoiceField(
        label=_("How did you hear it?"),
        help_text=_("Only for the proposal of somebody else."),
        choices=HEARD,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, council: Council, on_behalf: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if on_behalf:
            self.fields["person"].queryset = asked_of(council)
        else:
            del self.fields["person"], self.fields["channel"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        action, text = cleaned.get("what"), cleaned.get("text", "").strip()
        if action in (ProposalAction.REPLACE, ProposalAction.ADD) and not text:
            self.add_error("text", _("Write the new text, or choose that you have no other text."))
        if action == OBJECTION and not cleaned.get("why", "").strip():
            self.add_error("why", _("Say why, then the writers can look for other words."))
        if cleaned.get("person") and not cleaned.get("channel"):
            self.add_error("channel", _("Choose how you heard it."))
        return cleaned

    def given(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in ("original", "text", "why")}
        found["action"] = self.cleaned_data["what"]
        if found["action"] == OBJECTION:
            found |= {"action": ProposalAction.REPLACE, "text": ""}
        if person := self.cleaned_data.get("person"):
            found |= {"person": person, "channel": self.cleaned_data["channel"]}
        return found


class TakeOverForm(PortalForm):
    submit_label: Any = _("Take it over")
    guarded = True
    tiles = ["paragraph"]
    conditional = ["text", "paragraph"]

    paragraph = forms.ChoiceField(label=_("Which paragraph is it about now?"), widget=forms.RadioSelect, required=False)
    text = forms.CharField(label=_("The new text"), widget=forms.Textarea(attrs={"rows": 6}), required=False)

    def __init__(self, *args: Any, paragraphs: list[str], removes: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if removes:
            del self.fields["text"]
        if paragraphs:
            self.fields["paragraph"].choices = [(str(at), words) for at, words in enumerate(paragraphs)]
        else:
            del self.fields["paragraph"]


class RejectForm(PortalForm):
    submit_label: Any = _("Do not take it over")
    required_messages = {"reason": _("Say why the proposal is not taken over.")}

    reason = forms.CharField(
        label=_("Why not?"), help_text=_("The member reads this."), widget=forms.Textarea(attrs={"rows": 4})
    )
