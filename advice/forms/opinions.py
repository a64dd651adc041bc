"""Input for "What do you think?": one question on each screen, and what the secretary enters for a member."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advice.models import OpinionRound
from advice.opinions import asked_of, listener_id
from advice.states import Choice, EnteredBy
from councils.models import Council
from portal.forms import PortalForm
from portal.models import Person

HEARD = [choice for choice in EnteredBy.choices if choice[0] != EnteredBy.SELF]
NOT_BOTH = _("Choose one of the two: only for the chair, or in the letter. What is in the letter everybody reads.")


class AskForm(PortalForm):
    submit_label: Any = _("Ask all members")
    required_messages = {"closes_on": _("Fill in the last day on which members can answer.")}

    closes_on = forms.DateField(
        label=_("Until when can members answer?"),
        help_text=_("This is the last day. Give members at least a week."),
    )


class ChoiceForm(PortalForm):
    submit_label: Any = _("Next")
    tiles = ["choice"]
    required_messages = {"choice": _("Choose one of the four answers.")}

    choice = forms.ChoiceField(
        label=_("Do you agree with this advice?"), choices=Choice.choices, widget=forms.RadioSelect
    )


class WhyForm(PortalForm):
    submit_label: Any = _("Next")
    guarded = True
    conditional = ["text", "only_for_chair", "in_letter"]

    text = forms.CharField(
        label=_("Why?"),
        help_text=_("One sentence is enough. No names of residents."),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    only_for_chair = forms.BooleanField(
        label=_("Only for the chair"),
        help_text=_("Nobody sees that you said something. The chair reads it without your name, but may guess it."),
        required=False,
    )
    in_letter = forms.BooleanField(
        label=_("In the letter if I am outvoted"),
        help_text=_("Your text then stands in the letter as another view. Nobody else can change it."),
        required=False,
    )

    def __init__(self, *args: Any, round: OpinionRound, person: Person, was_open: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if listener_id(round.council_id) in (None, person.pk):
            del self.fields["only_for_chair"]
        elif was_open:
            self.fields["only_for_chair"].help_text = _(
                "Members may have read your earlier opinion already. The chair reads this without your name."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        said = cleaned.get("text", "").strip()
        if cleaned.get("only_for_chair") and cleaned.get("in_letter"):
            self.add_error("in_letter", NOT_BOTH)
        elif cleaned.get("only_for_chair") and not said:
            self.add_error("text", _("Write what the chair should know."))
        elif cleaned.get("in_letter") and not said:
            self.add_error("text", _("Write what should stand in the letter."))
        return cleaned

    def typed(self) -> dict[str, Any]:
        """What was sent, also when it was refused: it has to be there when the screen comes back."""
        found = {"text": self.data.get("text", "")}
        return found | {name: bool(self.data.get(name)) for name in ("only_for_chair", "in_letter")}


class OnBehalfForm(PortalForm):
    """Whose words these are, and how they came in. The start of every form with which a secretary enters them."""

    tiles = ["channel", "choice"]
    required_messages = {
        "person": _("Choose whose opinion it is."),
        "channel": _("Choose how you heard it."),
        "choice": _("Choose one of the four answers."),
    }

    person = forms.ModelChoiceField(label=_("Of which member is it?"), queryset=Person.objects.none())
    channel = forms.ChoiceField(label=_("How did you hear it?"), choices=HEARD, widget=forms.RadioSelect)

    def __init__(self, *args: Any, council: Council, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = asked_of(council)


class EnterOpinionForm(OnBehalfForm):
    submit_label: Any = _("Enter the opinion")
    guarded = True
    conditional = ["text", "in_letter"]

    choice = forms.ChoiceField(
        label=_("Does this member agree with the advice?"), choices=Choice.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Why?"),
        help_text=_("In the words of the member. No names of residents."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    in_letter = forms.BooleanField(label=_("In the letter if this member is outvoted"), required=False)


SIGNED = [("member", _("Without my name: “A member”")), ("name", _("With my name"))]
SIGNED_FOR = [("member", _("Without the name: “A member”")), ("name", _("With the name of the member"))]


class OwnViewForm(PortalForm):
    submit_label: Any = _("Keep my text")
    guarded = True
    tiles = ["signed"]
    required_messages = {"text": _("Write what should stand in the letter.")}

    text = forms.CharField(
        label=_("What do you think differently?"),
        help_text=_("This stands in the letter as you write it. No names of residents."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    signed = forms.ChoiceField(label=_("How do you sign?"), choices=SIGNED, widget=forms.RadioSelect, initial="member")

    def given(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"], "with_name": self.cleaned_data["signed"] == "name"}


class EnterViewForm(OnBehalfForm):
    submit_label: Any = _("Enter the other view")
    guarded = True
    tiles = ["channel", "signed"]
    required_messages = {
        "person": _("Choose whose view it is."),
        "channel": _("Choose how you heard it."),
        "text": _("Write what should stand in the letter."),
    }

    text = forms.CharField(
        label=_("What does this member think differently?"),
        help_text=_("In the words of the member. No names of residents."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    signed = forms.ChoiceField(
        label=_("How does this member sign?"), choices=SIGNED_FOR, widget=forms.RadioSelect, initial="member"
    )

    def given(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in ("text", "channel")}
        return {**found, "author": self.cleaned_data["person"], "with_name": self.cleaned_data["signed"] == "name"}
