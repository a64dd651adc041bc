"""What becomes of the letters of the world: steps, clock, ladder, drafts of the answer, promises, looking back."""

from datetime import date
from types import SimpleNamespace

from advice.models import (
    Answer,
    AnswerMark,
    Approval,
    Commitment,
    CommitmentReport,
    FollowUp,
    JointAdoption,
    LadderLetter,
    LadderPdf,
    LargePrint,
    LaterDecision,
    LetterStep,
    ResponseExtension,
    ResponseLetter,
    ResponsePdf,
    ResponseSave,
)
from advice.states import LadderKind, LetterStepKind, Mark, ReportKind, Verdict
from councils.states import AnswerForm

RECOMMENDATIONS = [
    {"number": 1, "text": "Maak de wachttijd korter.", "reason": "Mensen wachten."},
    {"number": 2, "text": "Bel mensen terug.", "reason": "Mensen wachten."},
]


def follow(world: SimpleNamespace, *, secret: str) -> SimpleNamespace:
    """`secret` stands in what only the authority may read."""
    council, authority, secretary, officer = world.council, world.authority, world.secretary, world.officer
    own, both = {"council": council}, {"council": council, "authority": authority}
    pdf, given, draft = world.pdf, world.given, world.response_draft
    LargePrint.objects.create(copy=world.copy, document=pdf, renderer="test", **own)
    JointAdoption.objects.create(
        advice=world.adopted, council=council, decided_on=date(2026, 9, 3), sha256="a" * 64, recorded_by=secretary
    )
    step = LetterStep.objects.create(
        copy=world.copy, kind=LetterStepKind.RECEIVED, happened_on=date(2026, 9, 3), by_council=False,
        document=pdf, recorded_by=officer, **both,
    )  # fmt: skip
    extension = ResponseExtension.objects.create(
        copy=world.open_copy, extended_on=date(2026, 10, 20), until=date(2026, 11, 18), reason="Er is overleg nodig.",
        recorded_by=officer, **both,
    )  # fmt: skip
    draft.extended_until = extension.until
    draft.save(update_fields=["extended_until"])
    world.extension_with_letter = ResponseExtension.objects.create(
        copy=world.open_copy, extended_on=date(2026, 10, 20), until=date(2026, 11, 18), reason="Er is overleg nodig.",
        registered=True, document=pdf, recorded_by=secretary, **both,
    )  # fmt: skip
    ladder = LadderLetter.objects.create(
        copy=world.open_copy, kind=LadderKind.REMINDER, dated_on=date(2026, 11, 20), sha256="4" * 64,
        text={"subject": "Herinnering", "paragraphs": ["Wij wachten op uw antwoord."]}, sent_by=secretary, **both,
    )  # fmt: skip
    LadderPdf.objects.create(letter=ladder, document=pdf, renderer="test", **own)
    mark = AnswerMark.objects.create(
        answer=world.given_answer, mark=Mark.PARTLY, note="Wanneer begint het?", marked_on=date(2026, 10, 5),
        marked_by=secretary, **own,
    )  # fmt: skip
    report = CommitmentReport.objects.create(
        commitment=world.commitment, kind=ReportKind.PROGRESS, by_council=False, happened_on=date(2026, 10, 20),
        text="De proef loopt.", document=pdf, reported_by=officer, **both,
    )  # fmt: skip
    world.reported = Commitment.objects.create(
        answer=world.given_answer, council=council, authority=authority, text="Een folder", owner="Team Wmo",
        due_on=date(2026, 11, 1), done_on=date(2026, 10, 28), proof="Zie de website.",
    )  # fmt: skip
    CommitmentReport.objects.create(
        commitment=world.reported, kind=ReportKind.DONE, by_council=False, happened_on=date(2026, 10, 28),
        text="Zie de website.", reported_by=officer, **both,
    )  # fmt: skip
    world.later_answer = Answer.objects.create(
        response=given, number=2, verdict=Verdict.LATER, decide_by=date(2026, 11, 2)
    )
    follow_up = FollowUp.objects.create(letter=world.letter, due_on=date(2027, 9, 2), **own)
    ResponseSave.objects.create(response=draft, authority=authority, author=officer, based_on=0, typed={"text": secret})
    Approval.objects.create(response=draft, authority=authority, version=0, agreed=False, note=secret, person=officer)
    later = LaterDecision.objects.create(
        answer=world.given_answer, verdict=Verdict.ADOPTED, decided_on=date(2026, 11, 2), text="Brief van het college.",
        recorded_by=secretary, **both,
    )  # fmt: skip
    answer_letter = ResponseLetter.objects.create(
        response=given, form=AnswerForm.LETTER, text={"subject": "Ons antwoord"}, sha256="5" * 64, **both
    )
    ResponsePdf.objects.create(letter=answer_letter, document=pdf, renderer="test", **both)
    return SimpleNamespace(
        step=step, extension=extension, ladder=ladder, mark=mark, report=report, follow_up=follow_up,
        answer_letter=answer_letter, later=later,
    )  # fmt: skip
