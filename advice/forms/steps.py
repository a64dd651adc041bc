"""A step of a letter: its day and its proof; or why it was wrong."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.states import LetterStepKind
from portal.forms import PortalForm

CHANNELS = {
    "mail": _("By e-mail"), "post": _("By post"), "handed": _("Handed over"), "other": _("In another way"),
}  # fmt: skip
NOTES = {
    LetterStepKind.OFFERED: _("Such as: item 4 of the agenda."),
    LetterStepKind.MUNICIPAL_COUNCIL: _("Such as: mail to the clerk, or the number of the list of incoming papers."),
}


class StepForm(PortalForm):
    """`by_council`: who speaks. The council writes how it knows what others did."""

    submit_label = _("Put this on file")
    conditional = ["note", "link", "upload"]
    required_messages = {"happened_on": _("Fill in the day."), "channel": _("Choose how the copy went.")}

    happened_on = forms.DateField(label=_("On which day?"))
    channel = forms.ChoiceField(
        label=_("How did the copy go?"), widget=forms.RadioSelect, choices=list(CHANNELS.items())
    )
    link = forms.URLField(
        label=_("Link to where it can be read"), max_length=500, required=False, assume_scheme="https"
    )
    note = forms.CharField(label=_("How do we know?"), max_length=250, required=False)
    upload = forms.FileField(label=_("Proof as a file"), required=False)

    def __init__(self, *args: Any, kind: LetterStepKind, by_council: bool, **kwargs: Any):
        kwargs.setdefault("initial", {"happened_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        if kind != LetterStepKind.MUNICIPAL_COUNCIL:
            del self.fields["channel"]
        self.fields["note"].help_text = NOTES.get(kind, _("Such as: mail of a colleague of that day."))
        if not by_council:
            self.fields["note"].label = _("What do you want to say of it?")
            self.conditional = []  # type: ignore[misc]
        if kind == LetterStepKind.IN_PROPOSAL:
            self.fields["link"].label = _("Link to the proposal")
            self.fields["link"].help_text = _("Everyone can see this link.")
            self.fields["link"].required = True
            self.fields["link"].error_messages["required"] = _("Give the link to the proposal.")

    def clean_channel(self) -> str:
        return str(CHANNELS[self.cleaned_data["channel"]])


class TakeBackForm(PortalForm):
    submit_label = _("Take this step back")
    required_messages = {"reason": _("Write why this step was wrong.")}

    reason = forms.CharField(
        label=_("Why was it wrong?"), help_text=_("Council and authority both keep seeing this."), max_length=300
    )
