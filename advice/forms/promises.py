"""What is said of a promise: how far it is, that it is done, whether the council agrees; and the look back."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.actions.looking_back import digest
from advice.models import Commitment, FollowUp
from advice.states import Verdict
from portal.forms import PortalForm

ON_THIS_FORM = _("The council sees the file. It does not go on the public page.")
SEEN_BY_AUTHORITY = _("The authority sees the file too. It does not go on the public page.")


def link_field() -> forms.URLField:
    return forms.URLField(
        label=_("Link"), help_text=_("Such as a page on your website. Everyone can follow it."), max_length=500,
        required=False, assume_scheme="https",
        error_messages={"invalid": _("Fill in a whole address, for example https://www.voorbeeld.nl.")},
    )  # fmt: skip


class ProgressForm(PortalForm):
    """How far is it? By the authority."""

    submit_label = _("Send the message")
    guarded = True
    required_messages = {
        "happened_on": _("Fill in on which day this was."),
        "text": _("Write how far it is."),
    }

    text = forms.CharField(
        label=_("How far is it?"), help_text=_("One or two sentences. Everyone can read this."), max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    happened_on = forms.DateField(label=_("On which day?"))
    link = link_field()
    upload = forms.FileField(label=_("File"), help_text=ON_THIS_FORM, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("initial", {"happened_on": timezone.localdate()})
        super().__init__(*args, **kwargs)


class DoneForm(PortalForm):
    """It is done, and how one can see that: a sentence, a link or a file."""

    submit_label = _("Say that it is done")
    guarded = True
    conditional = ["proof", "link", "upload"]
    required_messages = {"done_on": _("Fill in when it was done.")}

    proof = forms.CharField(
        label=_("How can one see that it is done?"),
        help_text=_("One sentence. Or give a link or a file below. Everyone can read the sentence."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    link = link_field()
    upload = forms.FileField(label=_("File"), help_text=ON_THIS_FORM, required=False)
    done_on = forms.DateField(label=_("When was it done?"))

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("initial", {"done_on": timezone.localdate()})
        super().__init__(*args, **kwargs)


class CommitmentDoneForm(DoneForm):
    """The same by the council, which saw it itself."""

    submit_label = _("Mark as kept")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["proof"].label = _("How do we know?")
        self.fields["upload"].help_text = SEEN_BY_AUTHORITY


class MoveForm(PortalForm):
    """Another last day, with the reason, or somebody else who does it."""

    submit_label = _("Save and tell why")
    guarded = True
    conditional = ["reason"]
    required_messages = {
        "due_on": _("Fill in the new last day."),
        "owner": _("Write who does what was promised."),
    }

    due_on = forms.DateField(label=_("What is the new last day?"))
    reason = forms.CharField(
        label=_("Why does the last day move?"),
        help_text=_("Needed with another last day. Everyone can read this."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.CharField(label=_("Who does it?"), max_length=200)

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any):
        kwargs.setdefault("initial", {"due_on": commitment.due_on, "owner": commitment.owner})
        super().__init__(*args, **kwargs)


class CheckForm(PortalForm):
    """Does the council agree that it is done?"""

    submit_label = _("Save our answer")
    guarded = True
    conditional = ["why"]
    tiles = ["agreed"]
    row = ["agreed"]
    required_messages = {"agreed": _("Choose whether you agree that it is done.")}

    agreed = forms.ChoiceField(
        label=_("Do you agree that this is done?"),
        choices=[("yes", _("Yes, it is done")), ("no", _("No, we do not agree"))],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("Why not?"),
        help_text=_("Needed with ‘No’. The authority reads it, and so can everyone. Name no residents."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def given(self) -> dict[str, Any]:
        facts = self.cleaned_data
        return {"agreed": facts["agreed"] == "yes", "why": facts["why"], "seen": facts["seen"]}


class LookBackForm(PortalForm):
    """What changed for people, and what did not."""

    submit_label = _("Save the look back")
    guarded = True
    conditional = ["changed", "not_changed"]

    changed = forms.CharField(
        label=_("What has changed for people?"),
        help_text=_("In short sentences. Name no residents."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    not_changed = forms.CharField(
        label=_("What has not changed?"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, follow_up: FollowUp | None = None, **kwargs: Any):
        written = {"changed": follow_up.changed, "not_changed": follow_up.not_changed} if follow_up else {}
        kwargs.setdefault("initial", {**written, "seen": digest(follow_up)})
        super().__init__(*args, **kwargs)

    def clean_seen(self) -> str | None:
        return self.cleaned_data["seen"] or None


class LookBackDayForm(PortalForm):
    submit_label = _("Save the day")
    required_messages = {"due_on": _("Fill in when you look back.")}

    due_on = forms.DateField(label=_("When do we look back?"))


class LaterDecisionForm(PortalForm):
    """What was decided at last."""

    submit_label = _("Save the decision")
    guarded = True
    tiles = ["verdict"]
    required_messages = {
        "verdict": _("Choose what was decided."),
        "decided_on": _("Fill in when it was decided."),
        "text": _("Write how you know this."),
    }

    verdict = forms.ChoiceField(
        label=_("What was decided?"),
        choices=[(code, label) for code, label in Verdict.choices if code != Verdict.LATER],
        widget=forms.RadioSelect,
    )
    decided_on = forms.DateField(label=_("When was it decided?"))
    text = forms.CharField(
        label=_("How do you know this?"),
        help_text=_("Such as: letter of the executive. Everyone can read this."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    link = link_field()
