"""Is this a letter that was sent, unchanged?"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.forms import PortalForm


class CheckFileForm(PortalForm):
    submit_label = gettext_lazy("Check this file")
    required_messages = {"file": gettext_lazy("Choose the letter as a PDF.")}

    file = forms.FileField(
        label=gettext_lazy("The letter as a PDF"),
        help_text=gettext_lazy("The file is not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        start = file.read(1024)
        file.seek(0)
        if b"%PDF-" not in start:
            raise ValidationError(_("This is not a PDF. Choose the letter as you got it."))
        return file


class CheckCodeForm(PortalForm):
    """The code that stands at the end of a letter on paper."""

    submit_label = gettext_lazy("Check this code")
    required_messages = {
        "reference": gettext_lazy("Fill in the reference of the letter."),
        "code": gettext_lazy("Fill in the control code at the end of the letter."),
    }

    reference = forms.CharField(label=gettext_lazy("Reference"), max_length=80)
    code = forms.CharField(
        label=gettext_lazy("Control code"), max_length=40,
        help_text=gettext_lazy("Four groups of four signs, at the end of the letter."),
    )  # fmt: skip

    def clean_code(self) -> Any:
        code = "".join(self.cleaned_data["code"].split()).lower()
        if len(code) != 16 or not set(code) <= set("0123456789abcdef"):
            raise ValidationError(_("A control code has sixteen signs: 0 to 9 and a to f."))
        return code
