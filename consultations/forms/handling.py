"""What the council does with a request."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.forms.asking import QuestionsField, check_urgency
from consultations.models import AdviceRequest, CouncilRequest, PolicyTopic
from consultations.planning import Plan
from consultations.recipients import people_who_agree
from consultations.states import Channel, Consent
from councils.models import Authority, Council
from meetings.models import AgendaItem, Meeting
from portal.dates import long_datetime
from portal.forms import DateField, PortalForm, PortalFormMixin
from portal.models import Person


class RegisterForm(PortalFormMixin, forms.ModelForm):
    """A request that came by mail, by post, by hand or by telephone."""

    submit_label = gettext_lazy("Register")
    extra_submits = [("calculate", gettext_lazy("Work out the dates"))]
    guarded = True
    tiles = ["channel"]
    row = ["channel"]
    conditional = ["original", "summary", "urgency_reason"]
    fieldsets = [
        (gettext_lazy("The letter or mail"), ["channel", "original", "received_on", "letter_date"]),
        (
            gettext_lazy("From whom and about what"),
            [
                "authority",
                "contact_details",
                "reference",
                "subject",
                "topic",
                "summary",
                "questions",
                "wanted_on",
                "urgent",
                "urgency_reason",
            ],
        ),
    ]
    required_messages = {
        "received_on": gettext_lazy("Fill in on which day it came in, for example 4 5 2026."),
        "subject": gettext_lazy("Fill in the subject."),
    }

    channel = forms.ChoiceField(label=gettext_lazy("How did it come?"), choices=Channel, widget=forms.RadioSelect)
    original = forms.FileField(
        label=gettext_lazy("Original"), required=False,
        help_text=gettext_lazy(
            "A scan or a file: PDF, Word, JPG or EML. It is always kept. Did it come by telephone? Then write down"
            " below what was asked; no file is needed."
        ),
    )  # fmt: skip
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    received_on = DateField(
        label=gettext_lazy("On which day did it come in?"),
        help_text=gettext_lazy("Not the day that stands above the letter. For example 4 5 2026."),
    )
    authority = forms.ModelChoiceField(label=gettext_lazy("From whom?"), queryset=Authority.objects.none())
    questions = QuestionsField(
        label=gettext_lazy("Which questions are asked?"), required=False,
        help_text=gettext_lazy("Every question on a line of its own. They are numbered for you."),
    )  # fmt: skip

    class Meta:
        model = AdviceRequest
        fields = [
            "letter_date",
            "contact_details",
            "reference",
            "subject",
            "topic",
            "summary",
            "questions",
            "wanted_on",
            "urgent",
            "urgency_reason",
        ]
        labels = {
            "letter_date": gettext_lazy("Which date stands on the letter?"),
            "reference": gettext_lazy("Reference on the letter"),
            "summary": gettext_lazy("What is asked, in short?"),
            "wanted_on": gettext_lazy("By which day do they want the advice?"),
            "topic": gettext_lazy("Policy topic"),
        }
        help_texts = {
            "subject": gettext_lazy("Write it in plain words."),
            "summary": gettext_lazy("With a telephone call: what was asked, and by whom."),
            "contact_details": gettext_lazy("For example: team Wmo, telephone number or e-mail address."),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 5}),
            "urgency_reason": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, council: Council, **kwargs: Any):
        super().__init__(*args, **kwargs)
        authorities = council.authorities.distinct().order_by("name")
        self.fields["authority"].queryset = authorities  # type: ignore[attr-defined]
        if len(found := list(authorities[:2])) == 1:
            self.fields["authority"].initial = found[0]
        topic = self.fields["topic"]
        topic.queryset = PolicyTopic.objects.for_council(council).order_by("name")  # type: ignore[attr-defined]
        topic.empty_label = _("No topic of the list")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        topic, authority = data.get("topic"), data.get("authority")
        if topic and authority and topic.authority_id != authority.pk:
            self.add_error(
                "topic", _("This topic is of another authority. Choose one of %(name)s.") % {"name": authority}
            )
        check_urgency(self, data)
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """What the verb `register_request` takes, apart from the file."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("kept", "original")}


class DeclineForm(PortalForm):
    submit_label = gettext_lazy("Give no advice")
    reason = forms.CharField(
        label=gettext_lazy("Why does the council give no advice?"),
        help_text=gettext_lazy("The authority reads this. It stays with the request."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ExtendForm(PortalForm):
    submit_label = gettext_lazy("Take more time")
    reason = forms.CharField(
        label=gettext_lazy("Why do you need more time?"),
        help_text=gettext_lazy("The authority reads this. It stays with the request."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ConsentForm(PortalForm):
    """The chair answers; who is not the chair records what the chair said, and when."""

    submit_label = gettext_lazy("Save the answer")
    tiles = ["consent"]
    row = ["consent"]
    conditional = ["note"]
    required_messages = {
        "consent": gettext_lazy("Choose whether you agree."),
        "said_by": gettext_lazy("Choose who said this."),
        "said_on": gettext_lazy("Fill in on which day this was said, for example 4 5 2026."),
    }

    said_by = forms.ModelChoiceField(
        queryset=Person.objects.none(), label=gettext_lazy("Who said this?"), empty_label=None
    )
    said_on = DateField(label=gettext_lazy("On which day?"))
    consent = forms.ChoiceField(
        label=gettext_lazy("Does the council agree to the shorter term?"), widget=forms.RadioSelect, choices=[]
    )
    note = forms.CharField(
        label=gettext_lazy("What do you want to say about it?"), required=False,
        help_text=gettext_lazy("The authority reads this. If you do not agree, say why."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, part: CouncilRequest, plan: Plan, by: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["consent"].choices = [(Consent.AGREED, _("Yes, agreed")), (Consent.REFUSED, _("No, not agreed"))]  # type: ignore[attr-defined]
        speakers = people_who_agree(part.council, plan)
        if speakers.filter(pk=by.pk).exists():
            del self.fields["said_by"], self.fields["said_on"]
        else:
            self.fields["said_by"].queryset = speakers  # type: ignore[attr-defined]


class AskForm(PortalForm):
    submit_label = gettext_lazy("Send the question")
    guarded = True
    question = forms.CharField(
        label=gettext_lazy("Your question"),
        help_text=gettext_lazy("One question at a time gets the clearest answer."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class RegisterAnswerForm(PortalForm):
    submit_label = gettext_lazy("Save the answer")
    guarded = True
    conditional = ["answer", "document"]
    received_on = DateField(label=gettext_lazy("On which day did the answer come in?"))
    answer = forms.CharField(
        label=gettext_lazy("The answer"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Copy the answer or write it down in short. A file alone will do too."),
    )  # fmt: skip
    document = forms.FileField(label=gettext_lazy("The mail or letter itself"), required=False)


class AgendaForm(PortalForm):
    """A planned meeting, and there a new item or one that is on the agenda."""

    submit_label = gettext_lazy("Put it on the agenda")
    place = forms.ChoiceField(label=gettext_lazy("At which meeting?"), widget=forms.RadioSelect)
    tiles = ["place"]

    def __init__(self, *args: Any, part: CouncilRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        meetings = part.council.meetings.upcoming().prefetch_related("agenda_items")
        self.meetings: dict[str, tuple[Meeting, AgendaItem | None]] = {}
        choices = []
        for meeting in meetings:
            when = {"title": meeting.title, "when": long_datetime(meeting.starts_at)}
            key = f"meeting:{meeting.pk}"
            self.meetings[key] = (meeting, None)
            choices.append((key, _("%(title)s, %(when)s: a new item") % when))
            for item in meeting.agenda_items.all():
                key = f"item:{item.pk}"
                self.meetings[key] = (meeting, item)
                words = when | {"item": item.title}
                choices.append((key, _("%(title)s, %(when)s: item “%(item)s”") % words))
        self.fields["place"].choices = choices  # type: ignore[attr-defined]
        self.has_meetings = bool(choices)

    @property
    def chosen(self) -> tuple[Meeting, AgendaItem | None]:
        return self.meetings[self.cleaned_data["place"]]


class RegisterWithdrawalForm(PortalForm):
    submit_label = gettext_lazy("Save the withdrawal")
    reason = forms.CharField(
        label=gettext_lazy("Why does the authority withdraw the request?"),
        help_text=gettext_lazy("As it stands in the mail or letter. It stays with the request."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
