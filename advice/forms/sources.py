"""Input for a source of a recommendation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advice.models import Advice
from advice.states import SourceKind
from consultations.models import RequestDocument
from portal.forms import PortalForm


class SourceForm(PortalForm):
    submit_label = _("Add this source")
    tiles = ["kind"]
    conditional = ["request_document", "title", "url"]
    required_messages = {"kind": _("Choose what kind of source it is.")}

    kind = forms.ChoiceField(label=_("What is it?"), choices=SourceKind.choices, widget=forms.RadioSelect)
    request_document = forms.ModelChoiceField(
        label=_("Which document of the request?"), queryset=RequestDocument.objects.none(), required=False
    )
    title = forms.CharField(label=_("What is it called?"), max_length=300, required=False)
    url = forms.URLField(
        label=_("Address on the internet"), max_length=500, required=False, assume_scheme="https",
        help_text=_("For example: https://www.voorbeeld.nl/rapport"),
        error_messages={"invalid": _("Fill in a whole address, for example https://www.voorbeeld.nl.")},
    )  # fmt: skip
    place = forms.CharField(
        label=_("Which page or article?"), max_length=100, required=False,
        help_text=_("For example: page 12, or art. 3"),
    )  # fmt: skip

    def __init__(self, *args: Any, advice: Advice, **kwargs: Any):
        super().__init__(*args, **kwargs)
        papers = advice.request.request.documents.order_by("pk") if advice.request else RequestDocument.objects.none()
        self.fields["request_document"].queryset = papers
        if not papers.exists():
            del self.fields["request_document"]
            self.fields["kind"].choices = [one for one in SourceKind.choices if one[0] != SourceKind.REQUEST_DOCUMENT]
