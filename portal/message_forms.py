"""Which mail somebody wants, and how often."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.choices import choices_of
from portal.forms import PortalForm
from portal.models import Person
from portal.topics import CHOSEN, Topic


def options(topic: Topic) -> list[tuple[str, Any]]:
    return [(frequency.value, frequency.label) for frequency in topic.frequencies]


class MyPostForm(PortalForm):
    """One question per topic that can be chosen of."""

    submit_label = _("Save my choices")
    row = tuple(topic.slug for topic in CHOSEN)  # type: ignore[assignment]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, initial=choices_of(person), **kwargs)

    @property
    def topics(self) -> list[Topic]:
        return CHOSEN


for _topic in CHOSEN:
    MyPostForm.base_fields[_topic.slug] = forms.ChoiceField(
        label=_topic.name, help_text=_topic.about, choices=options(_topic), widget=forms.RadioSelect
    )


class OneTopicForm(PortalForm):
    """From the foot of a mail: this topic only."""

    submit_label = _("Save my choice")
    frequency = forms.ChoiceField(label=_("How often do you want this mail?"), widget=forms.RadioSelect)
    required_messages = {"frequency": _("Choose how often you want to hear of this.")}

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["frequency"]
        field.choices = options(topic)  # type: ignore[attr-defined]
        field.help_text = topic.about
