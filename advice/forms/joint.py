"""Input of another council on a joint advice: that it adopts the text and who signs, or why not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advice.actions.drafting import signing
from advice.forms.drafting import SignatoriesField
from councils.models import Council
from portal.forms import DateField, PortalForm


class AdoptJointlyForm(PortalForm):
    submit_label = _("Our council adopts this text")
    required_messages = {
        "decided_on": _("Fill in on which day your council decided."),
        "signatories": _("Fill in who signs for your council."),
    }

    decided_on = DateField(label=_("On which day did your council decide?"))
    signatories = SignatoriesField(label=_("Who signs?"), help_text=_("One on each line: name, comma, role."))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, council: Council, seen: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
        self.fields["signatories"].initial = [{"name": name, "role": role} for name, role in signing(council)]


class DeclineJointlyForm(PortalForm):
    submit_label = _("Our council does not adopt this text")
    required_messages = {"reason": _("Write why your council does not adopt this text.")}

    reason = forms.CharField(
        label=_("Why does your council say no?"),
        help_text=_("The other council reads this. It can change the text and ask you again."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, seen: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen


class RegisterJointlyForm(PortalForm):
    submit_label = _("Put on file that they adopted it")
    required_messages = {
        "decided_on": _("Fill in on which day that council decided."),
        "signatories": _("Fill in who signs for that council."),
        "proof": _("Write how you know that they adopted this text."),
    }

    decided_on = DateField(label=_("On which day did that council decide?"))
    signatories = SignatoriesField(label=_("Who signs?"), help_text=_("One on each line: name, comma, role."))
    proof = forms.CharField(
        label=_("How do we know?"), help_text=_("For example: the mail of their chair of 3 May."), max_length=300
    )
