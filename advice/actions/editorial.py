"""The editorial final version (redactionele eindversie): better words for what the council adopted, before it is sent.

The adopted text itself never changes. Only words of parts, recommendations and the summary can be edited: not how many
there are, not the judgement, and not the other view of a minority, which belongs to who wrote it.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advice.actions.joint import ask_councils
from advice.frozen import digest, final_text
from advice.models import Advice, EditorialText
from advice.states import AdviceState
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.text import clean_html, plain_text


class StaleText(Refused):
    """Somebody else saved an editorial version meanwhile."""


@transaction.atomic
def make_editorial(
    advice: Advice,
    *,
    sections: Sequence[dict[str, str]],
    recommendations: Sequence[dict[str, str]],
    plain_summary: str,
    reason: str,
    seen: str,
    by: Person,
) -> EditorialText:
    """`seen` is the SHA-256 of the text that its editor started from."""
    advice = Advice.objects.select_for_update().get(pk=advice.pk)
    if advice.state != AdviceState.ADOPTED:
        raise Refused(_("Only a text that is adopted and not yet sent gets an editorial version."))
    adopted, edited = final_text(advice)
    base = edited or adopted
    if adopted is None or base is None:
        raise Refused(_("There is no adopted text. Record the decision again."))
    if seen != base.sha256:
        raise StaleText(_("Somebody else made an editorial version while you were writing. Look at that one first."))
    text = edited_text(base.text, sections, recommendations, plain_summary)
    if text == base.text:
        raise Refused(_("You have not changed anything yet."))
    if not reason.strip():
        raise Refused(_("Say what you changed, and why."), field="reason")
    made = EditorialText.objects.create(
        advice=advice, council_id=advice.council_id, adopted_text=adopted, text=text, sha256=digest(text),
        reason=reason.strip(), made_by=by,
    )  # fmt: skip
    record("advice.edited", made, by=by)
    ask_councils(advice, made)
    return made


def edited_text(
    base: dict[str, Any], sections: Sequence[dict[str, str]], recommendations: Sequence[dict[str, str]], summary: str
) -> dict[str, Any]:
    """The same text with other words."""
    before, advised = base.get("sections") or [], base.get("recommendations") or []
    if len(sections) != len(before) or len(recommendations) != len(advised):
        raise Refused(_("An editorial version has the same parts and recommendations as the adopted text."))
    parts = [
        {**old, "heading": new["heading"].strip(), "html": clean_html(new["html"])}
        for old, new in zip(before, sections, strict=True)
    ]
    if any(not plain_text(part["html"]).strip() or not part["heading"] for part in parts):
        raise Refused(_("A part cannot become empty. Open the text again if it has to go."))
    numbered = [
        {**old, "text": new["text"].strip(), "reason": new["reason"].strip()}
        for old, new in zip(advised, recommendations, strict=True)
    ]
    if any(not one["text"] for one in numbered):
        raise Refused(_("A recommendation cannot become empty. Open the text again if it has to go."))
    return {**base, "sections": parts, "recommendations": numbered, "plain_summary": summary.strip()}
