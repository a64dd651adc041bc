from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalForm


class TermForm(PortalForm):
    submit_label = _("Save the word")
    required_messages = {
        "term": _("Fill in the word that you explain."),
        "explanation": _("Fill in what the word means."),
    }

    term = forms.CharField(label=_("Word"), max_length=100)
    explanation = forms.CharField(
        label=_("What does it mean?"),
        help_text=_("One or two short sentences, as you would say it to a neighbour."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SuggestionForm(PortalForm):
    submit_label = _("Save the word")
    required_messages = {
        "hard": _("Fill in the word that you would rather not write."),
        "plain": _("Fill in what you write instead."),
    }

    hard = forms.CharField(label=_("Hard word"), max_length=100)
    plain = forms.CharField(label=_("Write rather"), max_length=200)
