"""The response card of the authority: the answers, the decision, and how the letter leaves."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from advice.actions.answering import Fault, faults_of_offer
from advice.approvals import AROUND_THE_DECISION, Typed, filled
from advice.forms.answering import PARTS, ResponseForm
from advice.states import LetterStepKind
from advice.steps import newest
from councils.states import AnswerForm as Shape
from portal.forms import PortalForm

OUTSIDE, WITHOUT = "outside", "without"
DATE_PARTS = ("day", "month", "year")


class AnswerForm(ResponseForm):
    """The authority answers. What is typed is kept as a draft; `asking`: it goes to the alderman first."""

    submit_label = gettext_lazy("Give the answer")
    conditional = ["decided_on", "dated_on", "offered_on", "not_offered_reason", "approval", "form"]
    asking = False
    agreed = False

    offered_on = forms.DateField(
        label=gettext_lazy("On which day did the executive get this advice?"),
        help_text=gettext_lazy("This day becomes public. Everyone can see that the executive saw the advice."),
        required=False,
    )
    not_offered_reason = forms.CharField(
        label=gettext_lazy("Or why did the executive not get it?"),
        required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "portal-textarea-low"}),
    )  # fmt: skip
    form = forms.ChoiceField(
        label=gettext_lazy("How should the letter look?"), choices=Shape.choices, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    approval = forms.ChoiceField(
        label=gettext_lazy("Does the alderman agree?"),
        choices=[
            (OUTSIDE, pgettext_lazy("alderman", "Yes, said outside the portal")),
            (WITHOUT, pgettext_lazy("alderman", "No, we give the answer without it")),
        ],
        required=False, widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        drafted = getattr(self.copy, "response", None)
        saved = drafted.draft if drafted else {}
        self.offered = newest(self.copy, LetterStepKind.OFFERED)
        first = {"dated_on": timezone.localdate(), "form": self.copy.authority.answer_form}
        if self.offered:
            first["offered_on"] = self.offered.happened_on
        kwargs.setdefault("initial", {**first, **filled(saved)})
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].label = _("On which day did the executive decide?")
        self.fields["decided_on"].help_text = _("Without this date you can save the answer, not give it.")
        if not self.numbers:
            self.fields["text"].label = _("The answer")
            self.conditional = [*self.conditional, "text"]

    def faults(self, cleaned: dict[str, Any]) -> Iterator[Fault]:
        if self.asking:
            yield from (fault for fault in super().faults(cleaned) if fault[0] not in AROUND_THE_DECISION)
            return
        yield from super().faults(cleaned)
        known = self.offered.happened_on if self.offered else None
        yield from faults_of_offer(cleaned.get("offered_on"), cleaned.get("not_offered_reason", ""), known=known)
        if not self.agreed and not cleaned.get("approval"):
            yield "approval", _("The alderman has not agreed in the portal. Choose how it is.")

    def typed(self) -> Typed:
        """Without what only counts at the moment of giving."""
        return {name: value for name, value in super().typed().items() if name != "approval"}

    def given(self) -> dict[str, Any]:
        names = ["offered_on", "not_offered_reason", "form"]
        more = {name: self.cleaned_data.get(name) for name in names}
        outside = self.cleaned_data.get("approval") == OUTSIDE
        return {**super().given(), **more, "approval_outside": outside and not self.agreed}

    def name_of(self, name: str) -> str:
        """A field in words, with its recommendation."""
        part, _line, number = name.rpartition("_")
        label = str(self.fields[name].label) if name in self.fields else name
        if part not in PARTS or part == "verdict":
            return label
        return _("Recommendation %(number)s: ") % {"number": number} + label

    def in_words(self, name: str, value: Any) -> str:
        if isinstance(value, list):
            return "-".join(str(part) for part in value if part)
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value or ""))  # type: ignore[arg-type]
        return str(value or "")


def as_posted(typed: Typed) -> dict[str, str]:
    """A draft as a browser would send it."""
    found: dict[str, str] = {}
    for name, value in typed.items():
        if isinstance(value, list):
            found |= {f"{name}_{part}": text or "" for part, text in zip(DATE_PARTS, value, strict=False)}
        else:
            found[name] = value or ""
    return found


class JudgeForm(PortalForm):
    """The word of the alderman."""

    note = forms.CharField(
        label=gettext_lazy("What should change?"),
        help_text=gettext_lazy("Needed when you send it back."),
        required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    conditional = ["note"]
