"""More time for the answer: by the authority at its desk, or by the secretary from a letter."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from advice.extending import Proposal, allowed_by_rules, proposed_day
from advice.models import LetterCopy
from portal.forms import DateField, PortalForm


class ExtendForm(PortalForm):
    submit_label = gettext_lazy("Take more time")
    guarded = True
    conditional = ["anyway"]
    required_messages = {
        "until": gettext_lazy("Fill in on which day the answer comes at the latest."),
        "reason": gettext_lazy("Write why it takes longer."),
    }

    until = DateField(label=gettext_lazy("What is the new last day?"))
    reason = forms.CharField(
        label=gettext_lazy("Why does it take longer?"),
        help_text=gettext_lazy("Everyone can read this when the advice is public. Write it in plain words."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    anyway = forms.BooleanField(label=gettext_lazy("I have read this. Keep the new last day."), required=False)

    def __init__(self, *args: Any, copy: LetterCopy, **kwargs: Any):
        kwargs.setdefault("initial", {"until": proposed_day(copy, timezone.localdate())})
        super().__init__(*args, **kwargs)
        self.copy = copy
        self.objections: list[str] = []
        if not self.is_bound:
            del self.fields["anyway"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        until = data.get("until")
        if until:
            on = data.get("extended_on") or timezone.localdate()
            self.objections = Proposal(self.copy, until, on, allowed_by_rules(self.copy)).objections()
        if not self.objections:
            self.fields.pop("anyway", None)
            data.pop("anyway", None)
        elif not data.get("anyway"):
            self.add_error("anyway", " ".join(self.objections))
        return data


class RegisterExtensionForm(ExtendForm):
    submit_label = gettext_lazy("Put it on file")
    field_order = ["original", "extended_on", "until", "reason", "anyway"]
    required_messages = {
        **ExtendForm.required_messages,
        "original": gettext_lazy("Choose the letter or mail as a file."),
        "extended_on": gettext_lazy("Fill in which date stands on the letter."),
    }

    original = forms.FileField(
        label=gettext_lazy("The letter or mail"), help_text=gettext_lazy("A scan or a file: PDF, Word, JPG or EML.")
    )
    extended_on = DateField(label=gettext_lazy("Which date stands on the letter?"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = gettext_lazy("Type over what the letter says. Everyone can read it later.")
