"""Publishing (openbaar maken): the deliberate step of the secretary that shows a letter to everyone."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.actions.issuing import check_looked_at
from advice.last_check import points_of_letter
from advice.models import Letter, Publication
from consultations.models import Activity
from portal.access import Refused
from portal.audit import record
from portal.models import Person

LONGEST = 200  # characters of a short answer


@transaction.atomic
def publish(
    letter: Letter, *, by: Person, plain_summary: str = "", without_summary_reason: str = "", looked_at: bool = False,
    for_whom: str = "", what_we_ask: str = "",
) -> Publication:  # fmt: skip
    """Show the frozen text, its answer and what was heard to everyone. Again: the publication that is there.

    A letter has a summary in plain language, or a reason why not. What was heard becomes public in the neutral words
    of the frozen text (`rests_on`); the notes themselves are never shown. `looked_at`: see advice.last_check.
    """
    known = Publication.objects.filter(letter=letter).first()
    if known:
        return known
    plain_summary, without_summary_reason = plain_summary.strip(), without_summary_reason.strip()
    if not (letter.text.get("plain_summary") or plain_summary or without_summary_reason):
        raise Refused(_("Write a summary in plain language, or say why there is none."), field="plain_summary")
    points = points_of_letter(letter, plain_summary)
    check_looked_at(points, looked_at)
    publication, is_new = Publication.objects.get_or_create(
        letter=letter,
        defaults={
            "council_id": letter.council_id,
            "published_on": timezone.localdate(),
            "published_by": by,
            "plain_summary": plain_summary,
            "without_summary_reason": without_summary_reason,
            "for_whom": checked(for_whom, "for_whom"),
            "what_we_ask": checked(what_we_ask, "what_we_ask"),
        },
    )
    if is_new:
        open_activities(letter)
        record("letter.published", letter, by=by)
        if points:
            record("publication.points_looked_at", letter, by=by)
    return publication


def checked(text: str, field: str) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise Refused(_("Write at most %(most)s characters.") % {"most": LONGEST}, field=field)
    return text


@transaction.atomic
def change_short_answers(
    letter: Letter, *, for_whom: str, what_we_ask: str, what_they_said: str, by: Person
) -> Publication:
    """The three short answers beside a public letter. Without words of its own the third follows the answer."""
    publication = Publication.objects.select_for_update().get(letter=letter)
    for field, text in (("for_whom", for_whom), ("what_we_ask", what_we_ask)):
        if not text.strip():
            raise Refused(_("This answer is needed."), field=field)
    publication.for_whom = checked(for_whom, "for_whom")
    publication.what_we_ask = checked(what_we_ask, "what_we_ask")
    publication.what_they_said = checked(what_they_said, "what_they_said")
    publication.save(update_fields=["for_whom", "what_we_ask", "what_they_said"])
    record("publication.short_answers_changed", letter, by=by)
    return publication


def open_activities(letter: Letter) -> None:
    """Those that the frozen recommendations rest on."""
    named = {
        heard["public_id"]
        for recommendation in letter.text.get("recommendations", [])
        for heard in recommendation.get("rests_on") or []
        if isinstance(heard, dict)
    }
    Activity.objects.filter(council_id=letter.council_id, public_id__in=named, is_public=False).update(is_public=True)


@transaction.atomic
def unpublish(letter: Letter, *, by: Person) -> None:
    """Take the letter off the public pages. It stays in the council's room and at the authority."""
    deleted, _models = Publication.objects.filter(letter=letter).delete()
    if deleted:
        record("letter.unpublished", letter, by=by)
