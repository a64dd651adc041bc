"""Input for reading a Word file into a draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advice.actions.word import Into
from advice.models import Advice
from advice.word_import import (
    NEW,
    REPLACE,
    SKIP,
    FoundPart,
    FoundRecommendation,
    Offer,
    place_of_part,
    place_of_recommendation,
)
from portal.forms import PortalForm
from portal.text import whole_number


class WordFileForm(PortalForm):
    submit_label = gettext_lazy("Read this file")
    required_messages = {"file": gettext_lazy("Choose a Word file.")}

    file = forms.FileField(
        label=gettext_lazy("Which Word file?"),
        help_text=gettext_lazy("A file that ends in .docx. Nothing changes yet: first you see what is in it."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        allow_empty_file=True,  # what to do then is said by portal.word
    )


class WordChoicesForm(PortalForm):
    """For each text that was found: where does it go? `seen` holds the versions that the page showed."""

    submit_label = gettext_lazy("Put it in the draft")
    show_summary = False
    form_tag = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, advice: Advice, offer: Offer, said: list[dict[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer, self.said = offer, said
        sections = list(advice.sections.all())
        there = list(advice.recommendations.all())
        self.initial["seen"] = " ".join(f"{one.public_id}:{one.version}" for one in [*sections, *there])
        into_sections = [
            (f"{REPLACE}:{one.public_id}", _("In place of “%(heading)s”") % {"heading": one.heading})
            for one in sections
        ]
        into_recommendations = [
            (f"{REPLACE}:{one.public_id}", _("In place of recommendation %(number)d") % {"number": one.number})
            for one in there
        ]
        for at, part in enumerate(offer.parts):
            self._ask(f"part-{at}", part.heading, _("As a new part"), into_sections, place_of_part(part, sections))
        for at, found in enumerate(offer.recommendations):
            label = _("Recommendation %(number)d from Word") % {"number": at + 1}
            first = place_of_recommendation(found, there)
            self._ask(f"rec-{at}", label, _("As a new recommendation"), into_recommendations, first)
        if said:
            self.fields["comments"] = forms.MultipleChoiceField(
                label=_("Which comments go to the draft?"),
                help_text=_("They get your name, and say who wrote them in Word."),
                choices=[(str(at), label_of(one)) for at, one in enumerate(said)],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def _ask(self, name: str, label: str, as_new: str, places: list[tuple[str, str]], first: str) -> None:
        choices = [(NEW, as_new), *places, (SKIP, _("Leave it out"))]
        self.fields[name] = forms.ChoiceField(label=label, choices=choices, initial=first)

    # --- for the page ---

    def part_rows(self) -> list[tuple[Any, FoundPart]]:
        return [(self[f"part-{at}"], part) for at, part in enumerate(self.offer.parts)]

    def recommendation_rows(self) -> list[tuple[Any, FoundRecommendation]]:
        return [(self[f"rec-{at}"], found) for at, found in enumerate(self.offer.recommendations)]

    def show_newest(self) -> None:
        """The draft changed: the next confirmation is about what stands there now."""
        self.data = self.data.copy()
        self.data["seen"] = self.initial["seen"]

    # --- what was chosen ---

    def parts(self) -> list[tuple[FoundPart, Into]]:
        return [(part, into) for at, part in enumerate(self.offer.parts) if (into := self._into(f"part-{at}"))]

    def recommendations(self) -> list[tuple[FoundRecommendation, Into]]:
        numbered = enumerate(self.offer.recommendations)
        return [(found, into) for at, found in numbered if (into := self._into(f"rec-{at}"))]

    def comments(self) -> list[dict[str, str]]:
        return [self.said[int(at)] for at in self.cleaned_data.get("comments", [])]

    def _into(self, name: str) -> Into | None:
        choice = self.cleaned_data[name]
        if choice == SKIP:
            return None
        public_id = choice.partition(":")[2]
        return Into(public_id, self._seen().get(public_id, 0)) if public_id else Into()

    def _seen(self) -> dict[str, int]:
        pairs = (one.partition(":") for one in self.cleaned_data["seen"].split())
        return {public_id: whole_number(version) for public_id, _colon, version in pairs}


def label_of(said: dict[str, str]) -> str:
    who = said["who"] or _("Somebody")
    text = said["text"] if len(said["text"]) <= 300 else f"{said['text'][:298]}…"
    if not said["at"]:
        return f"{who}: {text}"
    about = said["at"] if len(said["at"]) <= 100 else f"{said['at'][:98]}…"
    return _("%(who)s, at “%(words)s”: %(text)s") % {"who": who, "words": about, "text": text}
