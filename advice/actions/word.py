"""Reading a Word file into a draft. What was found waits in a row of its own until somebody says where it goes."""

from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from advice.actions.saving import add_recommendation, add_section, locked_draft, save_recommendation, save_section
from advice.actions.versions import make_version
from advice.models import Advice, Comment, Recommendation, Section, Version
from advice.word_import import FoundPart, FoundRecommendation
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.text import paragraphs

KEPT_FOR = 8 * 3600  # seconds; the operator's clearsessions takes away what nobody came back for
WHAT = "word"


class ChangedMeanwhile(Refused):
    """A text that would be replaced is another one than was seen. Nothing has been changed."""


@dataclass(frozen=True)
class Into:
    """Where something goes: into nothing new, or into what stands there with the version that was seen."""

    public_id: str = ""
    version: int = 0


# --- what waits ---


def keep_waiting(advice: Advice, found: dict[str, Any], *, name: str) -> str:
    """A row of the sessions, loaded by nobody but the page that checks it. Gives back its key."""
    store = SessionStore()
    store[WHAT] = {"advice": advice.pk, "name": name, **found}
    store.set_expiry(KEPT_FOR)
    store.create()
    return store.session_key or ""


def waiting(advice: Advice, key: str) -> dict[str, Any] | None:
    found = SessionStore(key).get(WHAT) if key else None
    return found if found and found["advice"] == advice.pk else None


# --- reading it in ---


@transaction.atomic
def read_in(
    advice: Advice,
    *,
    key: str,
    parts: list[tuple[FoundPart, Into]],
    recommendations: list[tuple[FoundRecommendation, Into]],
    comments: list[dict[str, str]],
    by: Person,
) -> Version:
    """All of what was chosen, or nothing. Once: the row that waits goes in the same transaction."""
    advice = locked_draft(advice.pk)
    if not SessionStore.get_model_class().objects.filter(session_key=key).delete()[0]:
        raise Refused(_("This Word file was read in already."))
    sections = {str(one.public_id): one for one in advice.sections.all()}
    there = {str(one.public_id): one for one in advice.recommendations.prefetch_related("rests_on")}
    refuse_changed([into for _part, into in parts], sections)
    refuse_changed([into for _found, into in recommendations], there)
    before = make_version(advice, name="Voor het inlezen van Word", by=by)
    for part, into in parts:
        put_part(advice, part, into, sections, by=by)
    for found, into in recommendations:
        put_recommendation(advice, found, into, there, by=by)
    put_comments(advice, comments, by=by)
    record("word.read_in", advice, by=by)
    return before


def refuse_changed(targets: list[Into], there: dict[str, Any]) -> None:
    replaced = [into for into in targets if into.public_id]
    if len({into.public_id for into in replaced}) != len(replaced):
        raise Refused(_("You chose the same place twice. Give each text a place of its own."))
    for into in replaced:
        current = there.get(into.public_id)
        if current is None or current.version != into.version:
            raise ChangedMeanwhile(
                _("Somebody changed the draft while you were choosing. Look at it, and choose again.")
            )


def put_part(advice: Advice, part: FoundPart, into: Into, sections: dict[str, Section], *, by: Person) -> None:
    if not into.public_id:
        add_section(advice, heading=part.heading[:200], text=part.html, by=by)
        return
    section = sections[into.public_id]
    save_section(advice, section, heading=section.heading, text=part.html, version=into.version, by=by)


def put_recommendation(
    advice: Advice, found: FoundRecommendation, into: Into, there: dict[str, Recommendation], *, by: Person
) -> None:
    if not into.public_id:
        add_recommendation(advice, text=found.text, reason=found.reason, refers_to=found.refers_to, by=by)
        return
    one = there[into.public_id]
    save_recommendation(
        advice, one, text=found.text, reason=found.reason, refers_to=found.refers_to or one.refers_to,
        version=into.version, rests_on=one.rests_on.all(), by=by,
    )  # fmt: skip


def put_comments(advice: Advice, comments: list[dict[str, str]], *, by: Person) -> None:
    sections = list(advice.sections.all())
    for one in comments:
        section, paragraph = place_of(one["at"], sections)
        with override("nl"):
            who = one["who"] or _("Somebody")
            text = (
                _("%(who)s wrote in Word, at “%(words)s”: %(text)s")
                if one["at"]
                else _("%(who)s wrote in Word: %(text)s")
            ) % {"who": who, "words": one["at"], "text": one["text"]}
        said = Comment.objects.create(
            advice=advice, council_id=advice.council_id, author=by, text=text, section=section, quoted=paragraph
        )
        record("comment.added", said, by=by)


def place_of(words: str, sections: list[Section]) -> tuple[Section | None, str]:
    """The paragraph that the words stand in, if they stand in one."""
    for section in sections if words else []:
        for paragraph in paragraphs(section.text):
            if words in paragraph:
                return section, paragraph
    return None, ""
