from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advice.states import AdviceKind, DocumentKind
from councils.models import Authority, Council
from portal.forms import PortalForm


class HistoryForm(PortalForm):
    """A letter from before the portal: the PDF, and what is needed to find it."""

    submit_label = _("Save")
    extra_submits = [("another", _("Save and add another"))]
    required_messages = {
        "original": _("Choose the PDF of the letter."),
        "reference": _("Fill in the reference that stands on the letter."),
        "dated_on": _("Fill in the date that stands on the letter."),
        "subject": _("Fill in the subject."),
    }

    original = forms.FileField(
        label=_("The letter as it was sent"),
        help_text=_("A PDF. It stays as it is."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
    )
    reference = forms.CharField(
        label=_("Reference"), max_length=80, help_text=_("As it stands on the letter, after “Ons kenmerk”.")
    )
    dated_on = forms.DateField(label=_("Date of the letter"))
    subject = forms.CharField(label=_("Subject"), max_length=200)
    authority = forms.ModelChoiceField(label=_("To whom"), queryset=Authority.objects.none())
    kind = forms.ChoiceField(
        label=_("Did the authority ask for it?"),
        choices=[
            (AdviceKind.SOLICITED, _("Yes, solicited advice")),
            (AdviceKind.UNSOLICITED, _("No, unsolicited advice")),
        ],
        widget=forms.RadioSelect,
        initial=AdviceKind.SOLICITED,
    )
    document = forms.ChoiceField(label=_("What is it?"), choices=DocumentKind, initial=DocumentKind.ADVICE)

    def __init__(self, *args: Any, council: Council, **kwargs: Any):
        super().__init__(*args, **kwargs)
        authorities = Authority.objects.filter(served_by__council=council).distinct().order_by("name")
        self.fields["authority"].queryset = authorities
        only = authorities[:2]
        if len(only) == 1:
            self.fields["authority"].initial = only[0].pk
