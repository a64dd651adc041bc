"""Joint advices of the world: one that this council leads, and one that another council leads."""

from datetime import date
from types import SimpleNamespace

from advice.frozen import digest, frozen_text
from advice.models import AdoptedText, Advice, Comment, Decision, Letter, LetterCopy, LetterPdf
from advice.states import AdviceState, Outcome
from tests import factories


def join(world: SimpleNamespace, *, secret: str) -> SimpleNamespace:
    """`secret` stands in the texts, which only the councils themselves may read."""
    other = factories.CouncilFactory(name="Jongerenraad Elders", slug="jongerenraad-elders")
    led = adopted_with(world.council, other, world, secret)
    invited = adopted_with(other, world.council, world, secret)
    Comment.objects.create(advice=invited, council=other, author=world.secretary, text=secret)
    return SimpleNamespace(other=other, led=led, invited=invited, sent=sent_with(other, world, secret))


def sent_with(leading, world, secret) -> Advice:
    """A joint letter of the other council that has gone, with a file."""
    advice = adopted_with(leading, world.council, world, secret)
    advice.subject = "Samen verstuurd"
    file = world.secret_file
    named = {"public_id": str(file.public_id), "name": file.name, "sha256": file.sha256}
    attached = [{"title": "Lijst", "text": "", "file": named}]
    letter = Letter.objects.create(
        advice=advice, council=leading, year=2026, serial=1, reference="J-1", slug="j-1", dated_on=date(2026, 9, 8),
        subject=advice.subject, sha256="8" * 64, issued_by=world.secretary,
        text={"subject": advice.subject, "sections": [], "attachments": attached},
    )  # fmt: skip
    copy = LetterCopy.objects.create(letter=letter, council=leading, authority=world.authority)
    LetterPdf.objects.create(copy=copy, council=leading, document=world.pdf, renderer="test")
    Advice.objects.filter(pk=advice.pk).update(state=AdviceState.ISSUED, subject=advice.subject)
    return advice


def adopted_with(leading, other, world, secret) -> Advice:
    advice = factories.AdviceFactory(
        council=leading, subject=f"Samen {secret}", state=AdviceState.ADOPTED, authorities=[world.authority]
    )
    advice.joint_with.add(other)
    factories.SectionFactory(advice=advice, text=f"<p>{secret}</p>")
    decision = Decision.objects.create(
        advice=advice, council=leading, decided_on=date(2026, 9, 1), present=3, in_favour=3, against=0, abstained=0,
        outcome=Outcome.ADOPTED, sentence="Aangenomen.", recorded_by=world.secretary,
    )  # fmt: skip
    text = frozen_text(advice)
    AdoptedText.objects.create(advice=advice, council=leading, decision=decision, text=text, sha256=digest(text))
    return advice
