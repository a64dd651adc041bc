from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.models import Letter, Publication
from advice.short_answers import proposed
from advice.signing import ADOPTED, PICTURES
from portal.forms import PortalForm


def looked_at_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("I have looked at these points"),
        error_messages={"required": _("Look at these points first. Then tick that you have done so.")},
    )


class IssueForm(PortalForm):
    """What is still open when the text is adopted: the day and the place of the letter."""

    submit_label = _("Give the number and send")
    required_messages = {"dated_on": _("Fill in the date of the letter.")}
    conditional = ["signing"]

    dated_on = forms.DateField(
        label=_("Date of the letter"), help_text=_("From this day the term for the answer runs.")
    )
    place = forms.CharField(label=_("Place above the letter"), max_length=80, required=False)

    signing = forms.ChoiceField(
        label=_("How is it signed?"), widget=forms.RadioSelect, required=False,
        choices=[
            (PICTURES, _("With the pictures of the signatures")),
            (ADOPTED, _("With “Digitaal vastgesteld op” and the day of the decision")),
        ],
    )  # fmt: skip
    looked_at = looked_at_field()

    def __init__(self, *args: Any, place: str = "", points: bool = False, pictures: bool = False, **kwargs: Any):
        kwargs.setdefault("initial", {"dated_on": timezone.localdate(), "place": place, "signing": PICTURES})
        super().__init__(*args, **kwargs)
        if not pictures:  # nothing to choose: the letter says when its text was adopted
            del self.fields["signing"]
        if not points:
            del self.fields["looked_at"]


class PostedForm(PortalForm):
    """On which day the printed letters went. It stands inside the form of the page."""

    form_tag = False
    conditional = ["posted_on"]

    posted_on = forms.DateField(
        label=_("When did you put them in the post?"),
        help_text=_("The day is kept as proof of sending."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("initial", {"posted_on": timezone.localdate()})
        super().__init__(*args, **kwargs)


class PublishForm(PortalForm):
    """A summary in plain language, or why there is none; neither is asked when the letter has a summary."""

    submit_label = _("Publish")
    required_messages = {
        "for_whom": _("Fill in for whom this is."),
        "what_we_ask": _("Fill in what you ask."),
    }
    extra_submits = [("check", _("Check the text"))]
    conditional = ["plain_summary", "without_summary_reason"]

    plain_summary = forms.CharField(
        label=_("Summary in plain language"),
        help_text=_("In five sentences or fewer, for everyone. Name no residents."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    without_summary_reason = forms.CharField(
        label=_("Or: why there is no summary"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    for_whom = forms.CharField(label=_("For whom is this?"), max_length=200, help_text=_("Such as: informal carers."))
    what_we_ask = forms.CharField(
        label=_("What do we ask?"), max_length=200, help_text=_("In one sentence that everyone understands.")
    )
    looked_at = looked_at_field()

    def __init__(self, *args: Any, letter: Letter, points: bool = False, **kwargs: Any):
        kwargs.setdefault("initial", proposed(letter))
        super().__init__(*args, **kwargs)
        self.action = reverse("advice:publish", args=[letter.council.slug, letter.public_id])
        if letter.text.get("plain_summary"):
            del self.fields["plain_summary"], self.fields["without_summary_reason"]
            self.extra_submits = []
        if not points:
            del self.fields["looked_at"]


class ShortAnswersForm(PortalForm):
    """The three short answers beside a public letter."""

    submit_label = _("Save")
    required_messages = {
        "for_whom": _("Fill in for whom this is."),
        "what_we_ask": _("Fill in what you ask."),
    }

    for_whom = forms.CharField(label=_("For whom is this?"), max_length=200)
    what_we_ask = forms.CharField(label=_("What do we ask?"), max_length=200)
    what_they_said = forms.CharField(
        label=_("What did the municipality say?"), max_length=200, required=False,
        help_text=_("Leave this open, and the page says itself how far the answer is."),
    )  # fmt: skip

    def __init__(self, *args: Any, publication: Publication, **kwargs: Any):
        letter, facts = publication.letter, {}
        for name, value in proposed(letter).items():
            facts[name] = getattr(publication, name) or value
        kwargs.setdefault("initial", {**facts, "what_they_said": publication.what_they_said})
        super().__init__(*args, **kwargs)
        self.cancel_url = reverse("advice:letter", args=[letter.council.slug, letter.public_id])
