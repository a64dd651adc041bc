"""Writing about a letter that was sent: what one can do, and what each does."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from advice.actions.linking import start_linked, why_not
from advice.models import Letter, LetterCopy
from advice.states import NOT_GONE_YET, Relation
from portal.access import PortalRequest, Refused, get_for, requires


@dataclass(frozen=True)
class Way:
    relation: str
    title: Any
    points: list[Any]
    button: Any
    why_not: str = ""


WAYS = [
    Way(
        Relation.SUPPLEMENT,
        gettext_lazy("Supplement it"),
        [
            gettext_lazy("You add something. The letter keeps counting."),
            gettext_lazy("The authority answers both letters."),
        ],
        gettext_lazy("Supplement this letter"),
    ),
    Way(
        Relation.CORRECTION,
        gettext_lazy("Correct it"),
        [
            gettext_lazy("There is a mistake in the letter. The new letter takes its place."),
            gettext_lazy("You begin with the text of this letter. Who had another view keeps it."),
            gettext_lazy("The authority answers only the new letter. Its time starts again."),
        ],
        gettext_lazy("Correct this letter"),
    ),
    Way(
        Relation.WITHDRAWAL,
        gettext_lazy("Withdraw it"),
        [
            gettext_lazy("The letter no longer counts. The authority does not have to answer any more."),
            gettext_lazy("Everyone can still read it, with the notice that it was withdrawn."),
        ],
        gettext_lazy("Withdraw this letter"),
    ),
    Way(
        Relation.COUNTER_RESPONSE,
        gettext_lazy("Reply to the answer"),
        [
            gettext_lazy("You write what you think of the answer. The letter and the answer keep counting."),
            gettext_lazy("Answers that you did not find complete stand ready in the draft."),
        ],
        gettext_lazy("Reply to the answer"),
    ),
]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.write_after")
def write_after(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    copies = LetterCopy.objects.select_related("response")
    letters = Letter.objects.select_related("council", "advice", "publication")
    letters = letters.prefetch_related(Prefetch("copies", copies))
    letter = get_for(request, letters, council__slug=council, public_id=public_id)
    status = 200
    if request.method == "POST":
        try:
            advice = start_linked(letter, request.POST.get("relation", ""), by=request.user.person)
        except Refused as refused:
            messages.error(request, str(refused))
            status = 409
        else:
            messages.success(request, _("The draft is there. Write the first part."))
            return redirect(advice)
    context = {
        "letter": letter,
        "council": letter.council,
        "ways": [Way(way.relation, way.title, way.points, way.button, why_not(letter, way.relation)) for way in WAYS],
        "drafts": letter.drafts_about.filter(state__in=NOT_GONE_YET).order_by("created_at"),
    }
    return render(request, "advice/write_after.html", context, status=status)
