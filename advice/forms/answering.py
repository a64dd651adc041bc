"""The response card: one part per recommendation, made for the letter that is answered."""

from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from advice.actions.answering import AnswerGiven, Fault, faults_of, numbers_of
from advice.answered import ReasonRule, reason_rule
from advice.models import LetterCopy
from advice.states import Verdict
from portal.forms import PortalForm

CHOICES = [
    (Verdict.ADOPTED, pgettext_lazy("answer", "Yes")),
    (Verdict.PARTLY, pgettext_lazy("answer", "In part")),
    (Verdict.REJECTED, pgettext_lazy("answer", "No")),
    (Verdict.ALREADY_POLICY, pgettext_lazy("answer", "We do this already")),
    (Verdict.LATER, pgettext_lazy("answer", "Later")),
]
PARTS = ["verdict", "decide_by", "motivation", "commitment", "owner", "due_on"]
F = TypeVar("F", bound="ResponseForm")


class ResponseForm(PortalForm):
    """What both cards share; `card_for` adds the fields of each recommendation."""

    copy: ClassVar[LetterCopy]
    numbers: ClassVar[list[int]] = []
    registered = False

    text = forms.CharField(
        label=gettext_lazy("Text above the answers"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    decided_on = forms.DateField(label=gettext_lazy("Date of the decision"), required=False)
    dated_on = forms.DateField(label=gettext_lazy("Date of the answer"), required=False)
    reference = forms.CharField(label=gettext_lazy("Reference of the answer"), max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.forget_hidden_dates()
        self.name_recommendations()
        for name, message in self.faults(cleaned):
            if name not in self.errors:  # what is wrong already, such as half a date, says so itself
                self.add_error(name or None, message)
        return cleaned

    def faults(self, cleaned: dict[str, Any]) -> Iterator[Fault]:
        yield from faults_of(
            self.copy, self.answers(), dated_on=cleaned.get("dated_on"), decided_on=cleaned.get("decided_on"),
            text=cleaned.get("text", ""), registered=self.registered, has_original=bool(cleaned.get("original")),
        )  # fmt: skip

    def forget_hidden_dates(self) -> None:
        """The day of a later decision only counts with ‘Later’; with another answer its field is out of sight."""
        for number in self.numbers:
            if self.cleaned_data.get(f"verdict_{number}") not in (None, Verdict.LATER):
                self.errors.pop(f"decide_by_{number}", None)
                self.cleaned_data[f"decide_by_{number}"] = None

    def name_recommendations(self) -> None:
        """What a field found wrong by itself, such as half a date, says at which recommendation."""
        for name, errors in self.errors.items():
            part, _line, number = name.rpartition("_")
            if part not in PARTS or part == "verdict":
                continue
            for error in errors.as_data():
                where = _("Recommendation %(number)s: ") % {"number": number}
                error.message = where + error.messages[0]
                error.params = None

    def answers(self) -> list[AnswerGiven]:
        empty = AnswerGiven(0)
        parts = (
            (number, {part: self.cleaned_data.get(f"{part}_{number}") for part in PARTS}) for number in self.numbers
        )
        return [
            AnswerGiven(number, **{part: value or getattr(empty, part) for part, value in found.items()})
            for number, found in parts
        ]

    def given(self) -> dict[str, Any]:
        """What the verb needs."""
        names = [name for name in ("text", "dated_on", "decided_on", "reference", "original") if name in self.fields]
        return {**{name: self.cleaned_data[name] for name in names}, "answers": self.answers()}

    def typed(self) -> dict[str, Any]:
        """Everything as it was typed, for the draft."""
        fields = ((name, field) for name, field in self.fields.items() if not isinstance(field, forms.FileField))
        return {name: field.widget.value_from_datadict(self.data, self.files, name) for name, field in fields}

    @property
    def cards(self) -> list[dict[str, Any]]:
        found = self.copy.letter.text.get("recommendations") or []
        return [
            {
                **{part: self[f"{part}_{number}"] for part in PARTS},
                "number": number,
                "recommendation": recommendation,
                "wrong": any(f"{part}_{number}" in self.errors for part in PARTS),
                "promises": any(self.has(f"{part}_{number}") for part in ("commitment", "owner", "due_on")),
            }
            for number, recommendation in zip(self.numbers, found, strict=True)
        ]

    def has(self, name: str) -> bool:
        value = self[name].value()
        filled = any(value) if isinstance(value, list) else bool(value)
        return filled or (self.is_bound and name in self.errors)


class RegisterResponseForm(ResponseForm):
    """The secretary enters what stands in a letter or mail."""

    submit_label = gettext_lazy("Put the answer on file")
    conditional = ["dated_on"]
    registered = True

    original = forms.FileField(
        label=gettext_lazy("The letter or mail that you got"),
        required=False,
        help_text=gettext_lazy("A PDF, Word or text file. Or type over what it says."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.conditional = [*self.conditional, "original"]
        self.fields["dated_on"].help_text = _("The date that stands on the letter.")
        self.fields["decided_on"].help_text = _("If the letter says so.")
        self.fields["text"].label = _("What the letter says")
        self.fields["text"].help_text = _("Above or beside the answers to the recommendations.")


def card_for(form: type[F], copy: LetterCopy) -> type[F]:
    """The form with the fields for each recommendation of this letter."""
    numbers = numbers_of(copy)
    rule = reason_rule(copy.council)
    fields: dict[str, forms.Field] = {}
    for number in numbers:
        fields |= fields_for(number, rule, registered=form.registered)
    recommendations = list(fields)
    if form.registered:
        order = ["original", "dated_on", "decided_on", "reference", "text", *recommendations]
    else:
        order = ["text", *recommendations, *form.base_fields]
    sometimes = [name for name in recommendations if not name.startswith("verdict")]
    return type(
        form.__name__,
        (form,),
        {
            **fields, "copy": copy, "numbers": numbers, "field_order": order,
            "row": [f"verdict_{number}" for number in numbers], "conditional": [*form.conditional, *sometimes],
        },
    )  # fmt: skip


def fields_for(number: int, rule: ReasonRule, *, registered: bool) -> dict[str, forms.Field]:
    missing = {"required": _("Choose an answer to recommendation %(number)s.") % {"number": number}}
    verdict = forms.ChoiceField(
        label=_("Is recommendation %(number)s adopted?") % {"number": number},
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages=missing,
    )
    decide_by = forms.DateField(
        label=_("What is the last day of that decision?"),
        help_text=_("If the letter says so.") if registered else _("Needed with ‘Later’."),
        required=False,
    )
    motivation = forms.CharField(
        label=_("Why?"),
        help_text=reason_help(rule, registered=registered),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "portal-textarea-low"}),
    )
    commitment = forms.CharField(label=_("What is promised?"), max_length=300, required=False)
    owner = forms.CharField(label=_("Who does it?"), max_length=200, required=False)
    due_on = forms.DateField(label=_("When is it done?"), required=False)
    fields = [verdict, decide_by, motivation, commitment, owner, due_on]
    return {f"{part}_{number}": field for part, field in zip(PARTS, fields, strict=True)}


def reason_help(rule: ReasonRule, *, registered: bool) -> str:
    if registered:
        return _("Type over what the letter says. No reason in the letter? Leave this open.")
    article = f" ({rule.article})" if rule.article else ""
    if rule.always:
        return _("The rules ask a reason with every answer%(article)s.") % {"article": article}
    return _("Needed with ‘In part’ and ‘No’%(article)s.") % {"article": article}
