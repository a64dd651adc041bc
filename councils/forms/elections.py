"""Input for a secret ballot for persons."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from councils.models import Candidate, Council, Election
from councils.states import CouncilRole
from portal.forms import DateTimeField, PortalForm
from portal.models import Person, User

BLANK = "blank"
FUNCTIONS = [CouncilRole.CHAIR, CouncilRole.DEPUTY_CHAIR, CouncilRole.SECRETARY, CouncilRole.TREASURER]


class OpenElectionForm(PortalForm):
    submit_label = gettext_lazy("Open the ballot")
    tiles = ["candidates"]
    required_messages = {"candidates": gettext_lazy("Choose at least one candidate.")}

    role = forms.ChoiceField(label=gettext_lazy("For which function?"), choices=[(one, one.label) for one in FUNCTIONS])
    candidates = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who are the candidates?"), queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    closes_at = DateTimeField(label=gettext_lazy("Until when can people vote?"))

    def __init__(self, *args: Any, council: Council, **kwargs: Any):
        super().__init__(*args, **kwargs)
        members = Person.objects.filter(memberships__in=council.memberships.current()).distinct()
        self.fields["candidates"].queryset = members.order_by("name", "pk")
        in_a_week = timezone.localtime() + timedelta(days=7)
        self.fields["closes_at"].initial = in_a_week.replace(hour=20, minute=0, second=0, microsecond=0)


class VoteForm(PortalForm):
    """One question. What is chosen here is kept nowhere until it is sent the second time."""

    submit_label: Any = gettext_lazy("Next: check your vote")
    tiles = ["candidate"]
    required_messages = {"candidate": gettext_lazy("Choose a candidate, or vote blank.")}

    candidate = forms.ChoiceField(label=gettext_lazy("Who gets your vote?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, election: Election, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.standing = {
            str(one.pk): one for one in election.candidates.select_related("person").order_by("person__name", "pk")
        }
        names = [(key, str(one.person)) for key, one in self.standing.items()]
        self.fields["candidate"].choices = [*names, (BLANK, _("I vote blank"))]

    def chosen(self) -> Candidate | None:
        return self.standing.get(self.cleaned_data["candidate"])


class VoteForOtherForm(VoteForm):
    submit_label: Any = gettext_lazy("Put this vote in")
    tiles = ["candidate"]

    voter = forms.ModelChoiceField(label=gettext_lazy("Whose vote is it?"), queryset=Person.objects.none())
    field_order = ["voter", "candidate"]

    def __init__(self, *args: Any, election: Election, **kwargs: Any):
        super().__init__(*args, election=election, **kwargs)
        self.fields["candidate"].label = _("Who gets this vote?")
        self.fields["voter"].queryset = without_account(election)


def without_account(election: Election) -> Any:
    silent = election.voters.filter(has_voted=False).values("person")
    return Person.objects.filter(pk__in=silent).exclude(pk__in=User.objects.values("person")).order_by("name", "pk")
