from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.actions.needs import TICKS, WORDS
from meetings.models import AccessNeeds, Visitor
from portal.forms import PortalForm, PortalFormMixin


class NeedsForm(PortalFormMixin, forms.ModelForm):
    submit_label = _("Save what I need")
    fieldsets = [
        (_("For the papers"), ["papers_on_paper", "large_print"]),
        (_("To come to the meeting"), ["taxi", "wheelchair", "companion", "call_before"]),
        (_("To understand each other"), ["hearing_loop", "interpreter"]),
    ]

    class Meta:
        model = AccessNeeds
        fields = [*TICKS, *WORDS]


class VisitorForm(PortalFormMixin, forms.ModelForm):
    submit_label = _("Let the council know that I come")
    # Of a person it stays empty: only a robot fills in every field.
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    people = forms.IntegerField(
        label=_("With how many people do you come?"), min_value=1, max_value=20, initial=1,
        help_text=_("Count yourself too."),
    )  # fmt: skip

    class Meta:
        model = Visitor
        fields = ["name", "people", "needs", "email", "phone"]
        help_texts = {
            "needs": _("For example a place for a wheelchair, or a hearing loop."),
            "email": _("So that the secretary can reach you when something changes."),
        }

    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class PostedForm(PortalForm):
    submit_label = _("It is in the post")
    on = forms.DateField(label=_("On which day did it go in the post?"))
