"""The poll itself, and what one person says of its days."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import DateOption, DatePoll
from meetings.states import DateAnswerChoice
from portal.dates import clock_time, long_date
from portal.forms import PortalForm, PortalFormMixin


class PollForm(PortalFormMixin, forms.ModelForm):
    form_tag = False
    show_summary = False

    class Meta:
        model = DatePoll
        fields = ["title", "kind", "place", "answer_by"]


class PollAnswerForm(PortalForm):
    """One question per day: three tiles."""

    submit_label = _("Send my answers")

    def __init__(self, *args: Any, options: Sequence[DateOption], said: Mapping[int, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.required_messages = {}
        for option in options:
            day = long_date(option.starts_at)
            name = f"dag-{option.pk}"
            self.fields[name] = forms.ChoiceField(
                label=f"{day}, {clock_time(option.starts_at)}", choices=DateAnswerChoice.choices,
                initial=said.get(option.pk), widget=forms.RadioSelect,
            )  # fmt: skip
            self.required_messages[name] = _("Choose an answer at %(day)s.") % {"day": day}
        self.tiles = self.row = list(self.fields)  # type: ignore[misc]

    def answers(self) -> dict[int, str]:
        return {int(name.removeprefix("dag-")): said for name, said in self.cleaned_data.items()}
