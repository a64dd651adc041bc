"""Forms for the logo of a council and the picture of a signature."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalForm

ACCEPTED = {"accept": "image/png,image/jpeg"}


class LogoForm(PortalForm):
    submit_label: Any = _("Save the logo")
    required_messages = {"picture": _("Choose the file with the logo.")}

    picture = forms.FileField(
        label=_("Logo"), help_text=_("A PNG or JPEG file. It is printed 17 millimetres wide."),
        widget=forms.FileInput(attrs=ACCEPTED),
    )  # fmt: skip


class SignatureForm(PortalForm):
    submit_label: Any = _("Save the signature")
    required_messages = {"picture": _("Choose the file with the signature.")}

    picture = forms.FileField(
        label=_("Picture of the signature"),
        help_text=_("A PNG or JPEG file. Write on white paper with a dark pen and take a photo."),
        widget=forms.FileInput(attrs=ACCEPTED),
    )  # fmt: skip
