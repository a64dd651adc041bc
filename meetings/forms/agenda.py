from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.models import AgendaItem, AgendaPaper, Meeting
from meetings.states import PaperVisibility
from portal.fields import FilesField
from portal.forms import PortalForm, PortalFormMixin
from portal.models import Person

VISIBILITY = [
    (PaperVisibility.OPEN, _("Everybody, if the meeting is public")),
    (PaperVisibility.EMBARGO, _("Only the council, until a day; then everybody")),
    (PaperVisibility.CONFIDENTIAL, _("Only the council")),
]


def visibility_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Who may read it?"), choices=VISIBILITY, initial=PaperVisibility.OPEN, widget=forms.RadioSelect
    )


def embargo_field() -> forms.DateField:
    return forms.DateField(
        label=_("Last day on which only the council reads it"), required=False,
        help_text=_("Only if you chose “until a day”. The day after, the paper is open by itself."),
    )  # fmt: skip


class AgendaItemForm(PortalFormMixin, forms.ModelForm):
    submit_label = _("Save the item")
    required_messages = {"title": _("Fill in what the item is about.")}
    conditional = ["closed_ground", "embargo_until"]
    fieldsets = [
        (_("What is it about?"), ["title", "aim", "minutes"]),
        (_("Who?"), ["owner", "speaker"]),
        (_("May everybody know?"), ["is_closed", "closed_ground"]),
        (_("Papers"), ["papers", "visibility", "embargo_until"]),
    ]
    papers = FilesField(label=_("Add papers"), required=False, help_text=_("You can choose several files at once."))
    visibility = visibility_field()
    embargo_until = embargo_field()

    class Meta:
        model = AgendaItem
        fields = ["title", "aim", "minutes", "owner", "speaker", "is_closed", "closed_ground"]
        help_texts = {"is_closed": _("The public then sees only the number and the reason.")}

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        in_council = Person.objects.filter(memberships__in=meeting.council.memberships.current())
        own = Person.objects.filter(pk=self.instance.owner_id)
        fields["owner"].queryset = (in_council | own).distinct().order_by("name")
        fields["visibility"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("is_closed") and not data.get("closed_ground", "").strip():
            self.add_error("closed_ground", gettext("Say why this item is closed. Everybody may read the reason."))
        return data

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def new_papers(self) -> tuple[list[UploadedFile], dict[str, Any]]:
        data = self.cleaned_data
        visibility = data["visibility"] or PaperVisibility.OPEN
        return data["papers"], {"visibility": visibility, "embargo_until": data["embargo_until"]}


class PaperForm(PortalForm):
    submit_label = _("Save the paper")
    conditional = ["embargo_until"]
    title = forms.CharField(label=_("Title"), max_length=200)
    visibility = visibility_field()
    embargo_until = embargo_field()

    def __init__(self, *args: Any, paper: AgendaPaper, **kwargs: Any):
        known = {name: getattr(paper, name) for name in ("title", "visibility", "embargo_until")}
        super().__init__(*args, initial=known, **kwargs)
