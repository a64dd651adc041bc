"""Input for versions: keeping one, and which two to compare."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advice.models import Version
from portal.dates import plain_date
from portal.forms import PortalForm

NOW = "nu"


def label_of(version: Version) -> str:
    day = plain_date(timezone.localtime(version.made_at))
    return f"{version.number}. {version.name}, {day}"


class VersionForm(PortalForm):
    submit_label = gettext_lazy("Keep this version")
    required_messages = {"name": gettext_lazy("Give the version a name.")}

    name = forms.CharField(
        label=gettext_lazy("Name of the version"),
        max_length=200,
        help_text=gettext_lazy("For example: After the talk with the ride service."),
    )
    reason = forms.CharField(
        label=gettext_lazy("What has changed, and why?"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


class CompareForm(PortalForm):
    """Two texts: versions by their number, or the text as it stands now."""

    method = "get"
    submit_label = gettext_lazy("Compare")

    van = forms.ChoiceField(label=gettext_lazy("The older text"))
    met = forms.ChoiceField(label=gettext_lazy("The newer text"))

    def __init__(self, *args: Any, versions: list[Version], **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [(str(version.number), label_of(version)) for version in versions]
        self.fields["van"].choices = choices
        self.fields["met"].choices = [(NOW, _("The text as it stands now")), *reversed(choices)]
