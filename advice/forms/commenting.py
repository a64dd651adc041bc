"""Input for a comment on one paragraph."""

import hashlib
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advice.comments import PARAGRAPH_CHANGED
from advice.numbering import Paragraph
from portal.forms import PortalForm

FIRST_WORDS = 90


class ParagraphForm(PortalForm):
    """A paragraph is chosen by its words, not by its place: the text may change while somebody writes."""

    submit_label: Any = gettext_lazy("Post comment")
    guarded = True
    tiles = ["paragraph"]
    required_messages = {
        "paragraph": gettext_lazy("Choose a paragraph."),
        "text": gettext_lazy("Write your comment."),
    }

    paragraph = forms.ChoiceField(
        label=gettext_lazy("Which paragraph is it about?"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": PARAGRAPH_CHANGED},
    )
    text = forms.CharField(
        label=gettext_lazy("What do you think?"),
        help_text=gettext_lazy("Write briefly. No names of residents."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, paragraphs: list[Paragraph], **kwargs: Any):
        super().__init__(*args, **kwargs)
        labels: dict[str, str] = {}
        for one in paragraphs:  # of two with the same words the first is named
            labels.setdefault(key_of(one.words), label(one))
        self.words = {key_of(one.words): one.words for one in paragraphs}
        self.fields["paragraph"].choices = list(labels.items())
        if len(labels) == 1:
            self.fields["paragraph"].initial = next(iter(labels))

    def given(self) -> dict[str, str]:
        return {"text": self.cleaned_data["text"], "paragraph": self.words[self.cleaned_data["paragraph"]]}


def key_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def label(paragraph: Paragraph) -> str:
    first = Truncator("; ".join(" ".join(line.split()) for line in paragraph.words.split("\n"))).chars(FIRST_WORDS)
    return _("Paragraph %(number)d: %(words)s") % {"number": paragraph.number or 0, "words": first}
