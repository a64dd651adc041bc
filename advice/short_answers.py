"""What changes for me: three short answers beside a public advice. What the council did not write is made from the
letter and its answer, so that an older publication has them too."""

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from advice.answered import Standing
from advice.models import Letter, Publication
from consultations.states import Law
from portal.text import listed

LONGEST = 200


def proposed(letter: Letter) -> dict[str, str]:
    """For the form: whom the topic concerns, and the first thing that is asked."""
    topic = letter.advice.topic or (letter.advice.request.request.topic if letter.advice.request else None)
    return {"for_whom": (topic.groups if topic else "")[:LONGEST], "what_we_ask": what_we_ask(letter)}


def what_we_ask(letter: Letter) -> str:
    asked = [part.get("text", "") for part in letter.text.get("recommendations") or []]
    asked = asked or list(letter.text.get("questions") or [])
    return Truncator(" ".join(asked[0].split())).chars(LONGEST, truncate="…") if asked else ""


def for_whom(letter: Letter) -> str:
    laws = [str(Law(law).label) for law in letter.text.get("laws") or [] if law in Law.values and law != Law.OTHER]
    return listed(laws)


def short_answers(letter: Letter, publication: Publication, standings: list[Standing]) -> list[dict[str, Any]]:
    """Question and answer, as far as there is one; in the order in which a reader wants to know."""
    said = publication.what_they_said or " ".join(one.sentence for one in standings)
    rows = [
        (_("For whom is this?"), publication.for_whom or for_whom(letter)),
        (_("What do we ask?"), publication.what_we_ask or what_we_ask(letter)),
        (_("What did the municipality say?"), said),
    ]
    return [{"question": question, "answer": answer} for question, answer in rows if answer]


def in_one_line(answers: list[dict[str, Any]]) -> str:
    """For search engines and for who shares the page."""
    return " ".join(
        one["answer"] if one["answer"].endswith((".", "…", "?")) else f"{one['answer']}." for one in answers
    )
