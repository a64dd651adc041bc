from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.states import Answer
from portal.forms import PortalForm


class AnswerForm(PortalForm):
    submit_label = _("Send my answer")
    row = ["answer"]
    tiles = ["answer"]
    answer = forms.ChoiceField(
        label=_("Are you coming?"),
        choices=[(Answer.ACCEPTED, _("Yes, I am coming")), (Answer.DECLINED, _("No, I am not coming"))],
        widget=forms.RadioSelect,
    )
    required_messages = {"answer": _("Choose whether you are coming.")}
