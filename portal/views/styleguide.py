"""Every part of a page, once, on /stijlgids/: for who builds pages. Not on a production installation."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.access import public
from portal.forms import PortalForm, PortalFormSetMixin
from portal.icons import ICONS

SWATCHES = ["brand", "dark", "tint", "accent", "page", "ink", "soft", "ok", "warn", "error", "focus", "sunken"]
THEMES = [("waterveen-theme", "Waterveen"), ("heuvelrode-theme", "Heuvelrode"), ("dijkland-theme", "Dijkland")]


class SampleForm(PortalForm):
    """One field of every kind. Sent empty, it shows every error."""

    method = "get"
    submit_label = _("Check the answers")
    submit_name = "check"
    extra_submits = [("later", _("Save for later"))]
    fieldsets = [
        (_("What is it about?"), ["subject", "summary", "topic", "number"]),
        (_("When and for whom?"), ["decides_on", "meeting_at", "verdict", "laws", "paper"]),
        (_("The original"), ["email", "original"]),
    ]
    row = ["verdict"]
    required_messages = {"subject": _("Fill in what it is about.")}

    subject = forms.CharField(label=_("Subject"), max_length=80, help_text=_("At most 80 characters, in plain words."))
    summary = forms.CharField(label=_("Summary"), widget=forms.Textarea, required=False)
    topic = forms.ChoiceField(
        label=_("Policy topic"),
        choices=[("", "---------"), ("care", _("Care and help at home")), ("work", _("Work and money"))],
    )
    number = forms.IntegerField(label=_("How many people were there?"), min_value=1)
    decides_on = forms.DateField(label=_("When does the executive decide?"))
    meeting_at = forms.DateTimeField(label=_("When is the meeting?"), required=False)
    verdict = forms.ChoiceField(
        label=_("Does the executive adopt this recommendation?"),
        choices=[("yes", _("Yes")), ("partly", _("In part")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    laws = forms.MultipleChoiceField(
        label=_("Which laws does it touch?"),
        choices=[("wmo", "Wmo 2015"), ("jw", "Jeugdwet"), ("pw", "Participatiewet")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    paper = forms.BooleanField(label=_("I want papers by post"), required=False)
    email = forms.EmailField(label=_("E-mail address"))
    original = forms.FileField(label=_("Letter or e-mail"))


class RowForm(PortalForm):
    name = forms.CharField(label=_("Name"))


class BaseRows(PortalFormSetMixin, forms.BaseFormSet):
    item_label = _("Member")


Rows = formset_factory(RowForm, formset=BaseRows, extra=2)


def _samples() -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "today": today,
        "soon": today + timedelta(days=4),
        "calm": today + timedelta(days=20),
        "late": today - timedelta(days=8),
        "now": timezone.now(),
        "icons": ICONS,
        "themes": THEMES,
        "swatches": SWATCHES,
        "verdicts": ["adopted", "partly", "rejected", "already_policy", "later"],
        "steps": [
            {"label": _("Request received"), "date_text": "13 april", "state": "done"},
            {"label": _("Discussed"), "date_text": "14 april", "state": "done"},
            {"label": _("Writing the advice"), "date_text": "", "state": "now"},
            {"label": _("Sending"), "date_text": "", "state": "todo"},
            {"label": _("Response"), "date_text": "", "state": "todo"},
        ],
        "sum": [
            {"label": _("The request came in"), "text": "13 april 2026", "article": ""},
            {"label": _("Time for advice"), "text": _("6 weeks"), "article": "artikel 7 lid 1"},
            {"label": _("The last day"), "text": "26 mei 2026", "article": "artikel 7 lid 5"},
        ],
        "document": SimpleNamespace(name="Verslag.pdf", size=96_000, content_type="application/pdf"),
        "persons": [
            SimpleNamespace(name="Ömer Kaya", initials="ÖK", role=_("chair")),
            SimpleNamespace(name="Riet Jansen", initials="RJ", role=""),
        ],
        "page_obj": Paginator(range(200), 10).page(4),
    }


@require_safe
@public
def styleguide(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.EXAMPLE_INSTALLATION):
        raise Http404
    form = SampleForm(request.GET if "check" in request.GET else None)
    names = [name for name, _label in THEMES]
    theme = request.GET.get("thema", names[0])
    return render(
        request,
        "portal/styleguide.html",
        {**_samples(), "form": form, "rows": Rows(prefix="rows"), "theme": theme if theme in names else names[0]},
    )
