"""The long-term agenda: announcing a topic, taking it off, and writing down a talk."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.forms.asking import laws_field
from consultations.models import PolicyTopic
from councils.models import Appointment, Authority, Council
from councils.rules import CASE_WORKERS
from portal.forms import DateField, PortalForm, PortalFormMixin
from portal.models import Person


class AnnounceForm(PortalFormMixin, forms.ModelForm):
    guarded = True
    tiles = ["councils"]
    laws = laws_field()
    councils = forms.ModelMultipleChoiceField(
        queryset=Council.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Which councils does it concern?"),
        help_text=gettext_lazy("Choose none when it is for all of them."),
    )  # fmt: skip

    class Meta:
        model = PolicyTopic
        fields = [
            "name", "summary", "request_expected_on", "decision_expected_on", "phase", "groups", "laws", "councils",
            "contact",
        ]  # fmt: skip
        labels = {
            "request_expected_on": gettext_lazy("When do you expect to ask for advice?"),
            "decision_expected_on": gettext_lazy("When is the decision expected?"),
        }
        help_texts = {
            "name": gettext_lazy("In plain words, for example: transport to day care."),
            "summary": gettext_lazy("Short, in plain words. What changes, and for whom?"),
            "request_expected_on": gettext_lazy("A guess is enough, for example 1 3 2027."),
            "groups": gettext_lazy("For example: people with a personal budget, about 300."),
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 5})}

    required_messages = {
        "name": gettext_lazy("Fill in the name of the topic."),
        "request_expected_on": gettext_lazy("Fill in when you expect to ask. A guess is enough."),
    }

    def __init__(self, *args: Any, authorities: list[Authority], **kwargs: Any):
        """With several authorities the form asks which; councils and contact officer only where there is choice."""
        super().__init__(*args, **kwargs)
        self.fields["request_expected_on"].required = True
        advising = Council.objects.advising(authorities[0]).order_by("name")
        self.fields["councils"].queryset = advising  # type: ignore[attr-defined]
        names_some = self.instance.pk is not None and self.instance.councils.exists()
        if len(authorities) > 1 or (len(advising[:2]) < 2 and not names_some):
            del self.fields["councils"]
        serving = Appointment.objects.current().filter(authority__in=authorities, role__in=CASE_WORKERS)
        people = Person.objects.filter(pk__in=serving.values("person")).order_by("name")
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]
        if not people:
            del self.fields["contact"]
        if len(authorities) > 1:
            self.fields["authority"] = forms.ModelChoiceField(
                label=_("Of which authority?"),
                queryset=Authority.objects.filter(pk__in=[a.pk for a in authorities]),
                empty_label=_("Make a choice"),
            )
            self.order_fields(["authority"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        asked, decided = data.get("request_expected_on"), data.get("decision_expected_on")
        if asked and decided and decided < asked:
            self.add_error("decision_expected_on", _("The decision comes before the request. Check both dates."))
        return data


class DropForm(PortalForm):
    submit_label = gettext_lazy("Take off the agenda")
    guarded = True
    reason = forms.CharField(
        label=gettext_lazy("Why does the topic go off the agenda?"),
        help_text=gettext_lazy("The councils read this. It stays on file."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def taken_along_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("What does the authority do with it?"), required=required, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="" if required else _("You can fill this in later too."),
    )  # fmt: skip


class TalkForm(PortalForm):
    submit_label = gettext_lazy("Save the talk")
    guarded = True
    held_on = DateField(label=gettext_lazy("When was it?"), initial=localdate)
    who = forms.CharField(
        label=gettext_lazy("Who talked together?"), max_length=300, required=False,
        help_text=gettext_lazy("For example: the working group and the policy officer. No names of residents."),
    )  # fmt: skip
    said = forms.CharField(
        label=gettext_lazy("What did the council say?"), widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy("In short. Both sides read it. It is no formal advice."),
    )  # fmt: skip
    required_messages = {"said": gettext_lazy("Write down what the council said.")}

    def __init__(self, *args: Any, councils: list[Council], of_authority: bool, **kwargs: Any):
        """The authority says with which council it was, and can say at once what it does with it."""
        super().__init__(*args, **kwargs)
        if len(councils) > 1:
            chosen = Council.objects.filter(pk__in=[council.pk for council in councils]).order_by("name")
            self.fields["council"] = forms.ModelChoiceField(
                label=_("With which council?"), queryset=chosen, empty_label=_("Make a choice")
            )
            self.order_fields(["council"])
        if of_authority:
            self.fields["taken_along"] = taken_along_field(required=False)


class TakenAlongForm(PortalForm):
    guarded = True

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["taken_along"] = taken_along_field(required=True)
