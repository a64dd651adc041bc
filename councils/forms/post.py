"""Forms of the post room."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.actions.outbox import MOST_OWN_WORDS
from portal.forms import PortalForm

ALL = "all"


class OwnWordsForm(PortalForm):
    """What the secretary writes above one mail."""

    submit_label = gettext_lazy("Save and look at the mail")
    guarded = True

    own_words = forms.CharField(
        label=gettext_lazy("Your own words"), required=False, max_length=MOST_OWN_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("They stand above the mail. Only this person reads them."),
    )  # fmt: skip


class PostedTogetherForm(PortalForm):
    """All that is on paper, or all of one cause, went into the post on a day."""

    submit_label = gettext_lazy("These are in the post")
    required_messages = {
        "which": gettext_lazy("Choose what you posted."),
        "posted_on": gettext_lazy("Fill in the day on which you posted them."),
    }

    which = forms.ChoiceField(label=gettext_lazy("What did you post?"), widget=forms.RadioSelect)
    posted_on = forms.DateField(
        label=gettext_lazy("When did you put them in the post?"),
        help_text=gettext_lazy("The day is kept as proof of sending."),
    )

    def __init__(self, *args: Any, groups: list[dict[str, Any]], total: int, **kwargs: Any):
        # The day is proof: of letters of several meetings nobody says by accident that all are in the post.
        kwargs.setdefault("initial", {"posted_on": localdate(), "which": ALL if len(groups) == 1 else ""})
        super().__init__(*args, **kwargs)
        everything = ngettext("%(n)d message on paper", "All %(n)d messages on paper", total) % {"n": total}
        choices = [(group["key"], f"{group['subject'] or group['words']} ({group['number']})") for group in groups]
        self.fields["which"].choices = [(ALL, everything), *choices]  # type: ignore[attr-defined]
        self.fields["which"].error_messages["invalid_choice"] = _("Choose one of these.")
