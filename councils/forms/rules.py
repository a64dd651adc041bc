"""The rules that start a clock or decide validity, as plain questions with their article.

A question that is left empty is not regulated: the portal then counts nothing and warns of nothing. What an
instrument says besides (loaded from a file) stays as it is.
"""

import re
from datetime import date
from fractions import Fraction
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from councils.models import Instrument
from councils.rulebook import InstrumentText, Stack
from councils.states import AdoptedBy, InstrumentKind
from portal.forms import PortalForm

NOT_REGULATED = ("", gettext_lazy("Not regulated"))
PARTS = {
    "more_than_half": (Fraction(1, 2), True),
    "half": (Fraction(1, 2), False),
    "third": (Fraction(1, 3), False),
    "two_thirds": (Fraction(2, 3), False),
}
LEAP_YEAR = 2024


def number(label: Any, low: int = 1, high: int = 99, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=low, max_value=high, help_text=help_text)


def choice(label: Any, *choices: tuple[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[NOT_REGULATED, *choices])


def article(of: Any) -> forms.CharField:
    return forms.CharField(
        label=format_lazy("{} {}", gettext_lazy("In which article does this stand?"), of), required=False,
        max_length=80, widget=forms.TextInput(attrs={"class": "portal-short-input"}),
    )  # fmt: skip


class RulesForm(PortalForm):
    submit_label = gettext_lazy("Save the rules")
    extra_submits = [("preview", gettext_lazy("Try these rules on a request"))]
    guarded = True
    required_messages = {"title": gettext_lazy("Fill in the name of the rules, for example Verordening adviesraad.")}

    title = forms.CharField(
        label=gettext_lazy("What are the rules called?"), max_length=300,
        help_text=gettext_lazy("For example Verordening adviesraad Waterveen 2025."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("What kind of rules are they?"), choices=InstrumentKind)
    adopted_by = forms.ChoiceField(label=gettext_lazy("Who adopted them?"), choices=AdoptedBy)
    source = forms.CharField(label=gettext_lazy("Where are they published?"), max_length=300, required=False)
    valid_from = forms.DateField(
        label=gettext_lazy("From which day are they valid?"), required=False,
        help_text=gettext_lazy("Leave it empty if they have always been valid."),
    )  # fmt: skip
    valid_until = forms.DateField(label=gettext_lazy("Last day"), required=False)

    advice_weeks = number(gettext_lazy("How many weeks does the council have for an advice?"))
    advice_starts = choice(
        gettext_lazy("When do these weeks start?"),
        ("letter_date", gettext_lazy("On the date of the letter")),
        ("receipt", gettext_lazy("When the request is received")),
    )
    advice_extension = number(gettext_lazy("How many weeks may be added (extension)?"))
    article_advice_term = article(gettext_lazy("(time for an advice)"))
    decline_weeks = number(gettext_lazy("Within how many weeks may the council decline?"))
    article_may_decline_within_weeks = article(gettext_lazy("(declining)"))
    recess_from = forms.CharField(
        label=gettext_lazy("In which period does the time stand still? First day"), required=False, max_length=20,
        help_text=gettext_lazy("Day and month, for example 15-7."),
        widget=forms.TextInput(attrs={"class": "portal-short-input"}),
    )  # fmt: skip
    recess_until = forms.CharField(
        label=gettext_lazy("Last day of that period"), required=False, max_length=20,
        help_text=gettext_lazy("Day and month, for example 31-8."),
        widget=forms.TextInput(attrs={"class": "portal-short-input"}),
    )  # fmt: skip
    article_recess = article(gettext_lazy("(period in which time stands still)"))
    deadline_on_day_off = choice(
        gettext_lazy("The last day falls in a weekend or on a holiday. What then?"),
        ("next_working_day", gettext_lazy("The next working day counts")),
        ("unchanged", gettext_lazy("The day itself counts")),
    )
    article_deadline_on_day_off = article(gettext_lazy("(last day on a day off)"))

    response_weeks = number(gettext_lazy("How many weeks does the authority have for its answer?"))
    response_extension = number(gettext_lazy("How many weeks may be added to the answer?"))
    article_response_term = article(gettext_lazy("(time for the answer)"))

    invitation_days = number(gettext_lazy("How many days before a meeting must the invitation go out?"), high=365)
    article_invitation_days = article(gettext_lazy("(invitation)"))
    member_papers_days = number(
        gettext_lazy("How many days before a meeting must members send in their papers?"), high=365
    )
    article_member_papers_days = article(gettext_lazy("(papers of members)"))
    quorum_kind = choice(
        gettext_lazy("How many members must be there to decide?"),
        ("more_than_half", gettext_lazy("More than half")),
        ("half", gettext_lazy("At least half")),
        ("third", gettext_lazy("At least a third")),
        ("two_thirds", gettext_lazy("At least two thirds")),
        ("count", gettext_lazy("A fixed number")),
    )
    quorum_count = number(gettext_lazy("Which fixed number?"))
    quorum_of = choice(
        gettext_lazy("Half of whom?"),
        ("sitting_members", gettext_lazy("Of the members who sit now")),
        ("voting_members", gettext_lazy("Of the members who vote")),
        ("seats", gettext_lazy("Of all seats")),
    )
    article_quorum = article(gettext_lazy("(how many must be there)"))
    decides_by = choice(
        gettext_lazy("How does the council decide?"),
        ("majority", gettext_lazy("Majority")),
        ("consensus", gettext_lazy("Everybody agrees (consensus)")),
        ("two_thirds", gettext_lazy("Two thirds")),
    )
    article_decides_by = article(gettext_lazy("(deciding)"))
    tie = choice(
        gettext_lazy("As many votes for as against. What then?"),
        ("chair_decides", gettext_lazy("The chair decides")),
        ("not_adopted", gettext_lazy("The proposal is not adopted")),
    )
    article_tie = article(gettext_lazy("(tie)"))
    chair_vote = choice(
        gettext_lazy("Does the chair vote?"),
        ("full", gettext_lazy("Yes, like every member")),
        ("tie_only", gettext_lazy("Only in a tie")),
        ("none", gettext_lazy("No")),
    )
    article_chair = article(gettext_lazy("(vote of the chair)"))
    fee_amount = forms.DecimalField(
        label=gettext_lazy("How many euros does a member get per meeting?"), required=False, min_value=0, max_digits=7,
        decimal_places=2, localize=True, widget=forms.TextInput(attrs={"class": "portal-short-input"}),
        help_text=gettext_lazy("Leave it empty when members get no amount per meeting."),
    )  # fmt: skip
    article_attendance_fee = article(gettext_lazy("(fee for a meeting)"))

    members_min = number(gettext_lazy("How many members at least?"))
    article_members_min = article(gettext_lazy("(least number of members)"))
    members_max = number(gettext_lazy("How many members at most?"))
    article_members_max = article(gettext_lazy("(largest number of members)"))
    term_years = number(gettext_lazy("How many years does a term last?"), high=20)
    article_term_years = article(gettext_lazy("(length of a term)"))
    max_reappointments = number(gettext_lazy("How many times may a member come back?"), low=0, high=20)
    article_max_reappointments = article(gettext_lazy("(coming back)"))

    SOURCE = ["title", "kind", "adopted_by", "source", "valid_from", "valid_until"]
    # Every inner list is one question: the fields that belong together, and their article.
    PARTS_OF_PAGE = [
        (gettext_lazy("Giving advice"), [
            ["advice_weeks", "advice_starts", "advice_extension", "article_advice_term"],
            ["decline_weeks", "article_may_decline_within_weeks"],
            ["recess_from", "recess_until", "article_recess"],
            ["deadline_on_day_off", "article_deadline_on_day_off"],
        ]),
        (gettext_lazy("The answer of the authority"), [
            ["response_weeks", "response_extension", "article_response_term"],
        ]),
        (gettext_lazy("Meeting and deciding"), [
            ["invitation_days", "article_invitation_days"],
            ["member_papers_days", "article_member_papers_days"],
            ["quorum_kind", "quorum_count", "quorum_of", "article_quorum"],
            ["decides_by", "article_decides_by"],
            ["tie", "article_tie"],
            ["chair_vote", "article_chair"],
            ["fee_amount", "article_attendance_fee"],
        ]),
        (gettext_lazy("Members"), [
            ["members_min", "article_members_min"],
            ["members_max", "article_members_max"],
            ["term_years", "article_term_years"],
            ["max_reappointments", "article_max_reappointments"],
        ]),
    ]  # fmt: skip
    SIMPLE = {
        "decline_weeks": "may_decline_within_weeks",
        **{key: key for key in (
            "invitation_days", "member_papers_days", "members_min", "members_max", "term_years", "max_reappointments",
            "deadline_on_day_off", "decides_by", "tie",
        )},
    }  # fmt: skip

    def __init__(self, *args: Any, instrument: Instrument | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        # Empty answers are answers here ("not regulated"), so none of them says that it is not required.
        self.conditional = [name for name, field in self.fields.items() if not field.required and name != "source"]
        self.kept_quorum: dict[str, Any] | None = None
        if instrument:
            self.initial |= {name: getattr(instrument, name) for name in (
                "title", "kind", "adopted_by", "source", "valid_from", "valid_until")}  # fmt: skip
            self.read(instrument.rules)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        parts = [
            Fieldset(part, *(Div(*question, css_class="portal-question portal-gap-top") for question in questions))
            for part, questions in self.PARTS_OF_PAGE
        ]
        helper.layout = Layout(Fieldset(gettext_lazy("Where are your rules?"), *self.SOURCE), *parts)
        return helper

    def read(self, rules: dict[str, Any]) -> None:
        """Answers from the rules of an instrument."""
        filled = {name: rules.get(key) for name, key in self.SIMPLE.items()}
        for name in ("advice", "response"):
            term = rules.get(f"{name}_term", {})
            filled[f"{name}_weeks"] = term.get("weeks")
            filled[f"{name}_extension"] = term.get("extension_weeks")
        filled["advice_starts"] = rules.get("advice_term", {}).get("starts")
        filled["chair_vote"] = rules.get("chair", {}).get("vote")
        if is_per_meeting(fee := rules.get("attendance_fee", {})):
            filled["fee_amount"] = fee.get("amount")
        if rules.get("recess"):
            first = rules["recess"][0]
            filled |= {"recess_from": spoken(first["from"]), "recess_until": spoken(first["until"])}
        filled |= self.read_quorum(rules.get("quorum", {}))
        articles = rules.get("articles", {})
        filled |= {name: articles.get(name.removeprefix("article_")) for name in self.fields if name[:8] == "article_"}
        self.initial |= {name: value for name, value in filled.items() if value is not None}

    def read_quorum(self, quorum: dict[str, Any]) -> dict[str, Any]:
        if "count" in quorum:
            return {"quorum_kind": "count", "quorum_count": quorum["count"]}
        if not quorum:
            return {}
        part = (Fraction(quorum["numerator"], quorum["denominator"]), quorum.get("more_than", False))
        kind = next((name for name, known in PARTS.items() if known == part), "kept")
        if kind == "kept":
            self.kept_quorum = quorum
            words = _("More than %(part)s") if part[1] else _("At least %(part)s")
            field = self.fields["quorum_kind"]
            field.choices = [*field.choices, ("kept", words % {"part": part[0]})]  # type: ignore[attr-defined]
        return {"quorum_kind": kind, "quorum_of": quorum.get("of")}

    def clean_recess_from(self) -> str:
        return monthday(self.cleaned_data["recess_from"])

    def clean_recess_until(self) -> str:
        return monthday(self.cleaned_data["recess_until"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for first, last, words in (
            ("valid_from", "valid_until", _("The last day lies before the first day.")),
            ("members_min", "members_max", _("This is less than the least number of members.")),
        ):
            if cleaned.get(first) and cleaned.get(last) and cleaned[last] < cleaned[first]:
                self.add_error(last, words)
        for term in ("advice", "response"):
            if cleaned.get(f"{term}_extension") and not cleaned.get(f"{term}_weeks"):
                self.add_error(f"{term}_weeks", _("Fill in the weeks without extension too."))
        if cleaned.get("quorum_kind") == "count" and not cleaned.get("quorum_count"):
            self.add_error("quorum_count", _("Fill in the fixed number of members."))
        for one, other in (("recess_from", "recess_until"), ("recess_until", "recess_from")):
            if cleaned.get(one) and not cleaned.get(other) and other not in self.errors:
                self.add_error(other, _("Fill in the first and the last day of the period."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        names = ("title", "kind", "adopted_by", "source", "valid_from", "valid_until")
        return {**{name: self.cleaned_data[name] for name in names}, "rules": self.rules()}

    def rules(self) -> dict[str, Any]:
        """The answers in the words of rulebook.schema.json; what this form does not ask is kept."""
        answers = self.cleaned_data
        rules = dict(self.instrument.rules) if self.instrument else {}
        simple = {key: answers[name] for name, key in self.SIMPLE.items()}
        nested = {
            "advice_term": self.term("advice", {"starts": answers["advice_starts"]}),
            "response_term": self.term("response", {}),
            "quorum": self.quorum(),
            "chair": put(dict(rules.get("chair", {})), "vote", answers["chair_vote"]),
            "recess": self.recess(),
            "attendance_fee": self.fee(),
        }
        for key, value in {**simple, **nested}.items():
            put(rules, key, value)
        articles = dict(rules.get("articles", {}))
        for name in [name for name in self.fields if name.startswith("article_")]:
            put(articles, name.removeprefix("article_"), answers[name])
        return put(rules, "articles", articles)

    def term(self, name: str, more: dict[str, Any]) -> dict[str, Any]:
        weeks = self.cleaned_data[f"{name}_weeks"]
        if not weeks:
            return {}
        term = dict(self.instrument.rules.get(f"{name}_term", {})) if self.instrument else {}
        if weeks > term.get("max_weeks", weeks):
            del term["max_weeks"]
        new = {"weeks": weeks, "extension_weeks": self.cleaned_data[f"{name}_extension"], **more}
        for key, value in new.items():
            put(term, key, value)
        return term

    def quorum(self) -> dict[str, Any]:
        kind = self.cleaned_data["quorum_kind"]
        if not kind:
            return {}
        if kind == "count":
            return {"count": self.cleaned_data["quorum_count"]}
        if kind == "kept":
            quorum = dict(self.kept_quorum or {})
        else:
            part, more_than = PARTS[kind]
            quorum = {"numerator": part.numerator, "denominator": part.denominator, "more_than": more_than}
        return put(quorum, "of", self.cleaned_data["quorum_of"])

    def fee(self) -> dict[str, Any]:
        """An amount per meeting; another kind of fee stays as it is."""
        known = dict(self.instrument.rules.get("attendance_fee", {})) if self.instrument else {}
        amount = self.cleaned_data["fee_amount"]
        if amount is None:
            return {} if is_per_meeting(known) else known
        kinds = {"kinds": known["kinds"]} if "kinds" in known else {}
        return {"scheme": "per_meeting", "amount": float(amount), **kinds}

    def recess(self) -> list[dict[str, str]]:
        known = list(self.instrument.rules.get("recess", [])) if self.instrument else []
        first, last = self.cleaned_data["recess_from"], self.cleaned_data["recess_until"]
        if not first:
            return known[1:]
        return [{**(known[0] if known else {}), "from": first, "until": last}, *known[1:]]

    def as_stack(self) -> Stack:
        """The answers as a rule book of their own, to try them."""
        facts = self.facts()
        return Stack([InstrumentText(facts["title"], facts["kind"], facts["rules"])])


def is_per_meeting(fee: dict[str, Any]) -> bool:
    return bool(fee.get("scheme") == "per_meeting" and "amount" in fee)


def put(into: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """Set, or take away what is empty. Zero is an answer."""
    if value in (None, "", [], {}):
        into.pop(key, None)
    else:
        into[key] = value
    return into


def monthday(typed: str) -> str:
    """`15-7` or `15 juli` is not guessed: day and month in digits, as MM-DD."""
    if not typed.strip():
        return ""
    match = re.fullmatch(r"\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*", typed)
    try:
        day = date(LEAP_YEAR, int(match[2]), int(match[1])) if match else None
    except ValueError:
        day = None
    if day is None:
        raise forms.ValidationError(_("Fill in a day and a month, for example 15-7."))
    return f"{day:%m-%d}"


def spoken(value: str) -> str:
    """`07-15` is shown as `15-7`."""
    month, day = value.split("-")
    return f"{int(day)}-{int(month)}"
