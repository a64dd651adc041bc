"""Input for a decision that is taken at an item by a show of hands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalForm


def votes(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=200, **more)


class ItemDecisionForm(PortalForm):
    submit_label = _("Record the decision")
    guarded = True
    tiles = ["outcome", "chair_in_favour"]
    conditional = ["chair_in_favour", "without_quorum_reason", "abstained"]
    fieldsets = [
        (_("What was decided?"), ["text", "outcome"]),
        (_("Who voted how?"), ["in_favour", "against", "abstained"]),
        (_("Only if it applies"), ["chair_in_favour", "without_quorum_reason"]),
    ]
    required_messages = {
        "text": _("Write what was decided."),
        "outcome": _("Choose what was decided."),
        "in_favour": _("Fill in how many members voted in favour."),
        "against": _("Fill in how many members voted against."),
    }
    text = forms.CharField(
        label=_("The decision in one or two sentences"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    outcome = forms.ChoiceField(
        label=_("Was it accepted?"), choices=[("yes", _("Yes, accepted")), ("no", _("No, not accepted"))],
        initial="yes", widget=forms.RadioSelect,
    )  # fmt: skip
    in_favour = votes(_("How many were in favour?"))
    against = votes(_("How many were against?"), initial=0)
    abstained = votes(_("How many abstained?"), initial=0, required=False)
    chair_in_favour = forms.ChoiceField(
        label=_("What did the chair vote?"), help_text=_("Only needed when there were as many votes for as against."),
        choices=[("yes", _("In favour")), ("no", _("Against"))], widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    without_quorum_reason = forms.CharField(
        label=_("Why does the decision stand with too few members?"),
        help_text=_("Only needed when the quorum was not met. It stays on file."),
        widget=forms.Textarea(attrs={"rows": 3}), required=False,
    )  # fmt: skip

    def clean_abstained(self) -> int:
        return self.cleaned_data.get("abstained") or 0

    def clean_outcome(self) -> bool:
        return self.cleaned_data["outcome"] == "yes"

    def clean_chair_in_favour(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data.get("chair_in_favour", ""))
