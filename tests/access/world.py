"""One of everything, as it lies in a council and at an authority, with canaries in what others must not read."""

from datetime import date, timedelta
from types import SimpleNamespace

from django.utils import timezone

from advice.models import (
    AdoptedText,
    Answer,
    Attachment,
    Comment,
    Commitment,
    Decision,
    EditorialText,
    Elector,
    GlossaryTerm,
    Letter,
    LetterCopy,
    LetterPdf,
    MinorityView,
    Opinion,
    OpinionRound,
    Proposal,
    Publication,
    Question,
    Ratification,
    RecommendationSave,
    Response,
    Signatory,
    Source,
    TextTemplate,
    Version,
    Vote,
    WordSuggestion,
    WrittenProcedure,
)
from advice.states import (
    AdviceState,
    Choice,
    Manner,
    Outcome,
    ProposalAction,
    ResponseState,
    SourceKind,
    Verdict,
    VoteChoice,
)
from consultations.models import RequestDocument, RequestQuestion, ThinkingAlong
from councils.models import Candidate, CouncilDocument, Election, ElectionVoter
from councils.states import AuthorityRole
from meetings.models import ActionItem, AgendaPaper, Invitee
from portal.documents import keep
from portal.models import Invitation, Message
from portal.states import MessageState
from tests import factories
from tests.followed import RECOMMENDATIONS, follow
from tests.gathered import gather
from tests.joined import join
from tests.pictures import drawn

COUNCIL_CANARY = "KANARIEVANDERAAD"  # in drafts, votes, comments, raw signals: never for a civil servant or the public
AUTHORITY_CANARY = "KANARIEVANDEGEMEENTE"  # in drafts of the authority: never for the council or the public


def build(council, authority, saskia, fatma, victor) -> SimpleNamespace:
    secretary, member, officer = saskia.person, fatma.person, victor.person
    pdf = keep(b"%PDF-1.7 brief", "brief.pdf", "application/pdf", by=secretary, council_id=council.pk)
    secret_file = keep(COUNCIL_CANARY.encode(), "stuk.txt", "text/plain", by=secretary, council_id=council.pk)

    logo = keep(drawn(), "logo.png", "image/png", by=secretary, council_id=council.pk)
    CouncilDocument.objects.create(council=council, document=logo, purpose="logo")
    meeting = factories.MeetingFactory(council=council, title="Overleg")
    item = factories.AgendaItemFactory(meeting=meeting, title=f"Punt {COUNCIL_CANARY}", report=COUNCIL_CANARY)
    empty_item = factories.AgendaItemFactory(meeting=meeting)
    paper = AgendaPaper.objects.create(item=item, document=secret_file, title=COUNCIL_CANARY)
    invitee = Invitee.objects.create(meeting=meeting, council=council, person=member)
    action = ActionItem.objects.create(council=council, number="2026111001", text=COUNCIL_CANARY, owner=member)

    topic = factories.PolicyTopicFactory(
        authority=authority, announced_on=date(2026, 11, 1), request_expected_on=date(2027, 3, 1)
    )
    draft_request = factories.AdviceRequestFactory(
        authority=authority, subject=f"Vraag {AUTHORITY_CANARY}", summary=AUTHORITY_CANARY, created_by=officer
    )
    draft_request.wanted_councils.add(council)
    draft_document = RequestDocument.objects.create(
        request=draft_request,
        title=AUTHORITY_CANARY,
        document=keep(b"concept", "concept.txt", "text/plain", by=officer, authority_id=authority.pk),
    )
    open_file = keep(b"open stuk", "stuk.txt", "text/plain", by=officer, authority_id=authority.pk)
    request = factories.AdviceRequestFactory(authority=authority, submitted=True, created_by=officer, contact=officer)
    request_document = RequestDocument.objects.create(request=request, document=open_file, title="Stuk")
    council_request = factories.CouncilRequestFactory(request=request, council=council, accepted=True)
    new_request = factories.CouncilRequestFactory(
        request=factories.AdviceRequestFactory(authority=authority, submitted=True), council=council
    )
    urgent_request = factories.CouncilRequestFactory(
        request=factories.AdviceRequestFactory(
            authority=authority, submitted=True, urgent=True, urgency_reason="De wet gaat in.",
            wanted_on=date(2026, 12, 4),
        ),
        council=council,
    )  # fmt: skip
    request_question = RequestQuestion.objects.create(
        council_request=council_request, question="Wat kost het?", asked_by=secretary
    )
    activity = factories.ActivityFactory(council=council, heard=COUNCIL_CANARY, title=COUNCIL_CANARY, entered_by=member)

    draft = factories.AdviceFactory(
        council=council,
        subject=f"Advies {COUNCIL_CANARY}",
        plain_summary=COUNCIL_CANARY,
        request=council_request,
        authorities=[authority],
    )
    section = factories.SectionFactory(advice=draft, text=f"<p>{COUNCIL_CANARY}</p>")
    recommendation = factories.RecommendationFactory(advice=draft, number=1, text=COUNCIL_CANARY)
    question = Question.objects.create(advice=draft, council=council, number=1, text=COUNCIL_CANARY)
    comment = Comment.objects.create(advice=draft, council=council, author=member, text=COUNCIL_CANARY)
    minority_view = MinorityView.objects.create(advice=draft, council=council, by="Een lid", text=COUNCIL_CANARY)
    second_draft = factories.AdviceFactory(council=council, subject=f"Tweede {COUNCIL_CANARY}")
    factories.SectionFactory(advice=second_draft, text=f"<p>{COUNCIL_CANARY}</p>")
    own_view = MinorityView.objects.create(
        advice=draft, council=council, by="Een lid", text=COUNCIL_CANARY, author=member, entered_by=member
    )
    signatory = Signatory.objects.create(advice=draft, council=council, position=1, name="C. Bakker", role="voorzitter")

    written = written_together(draft, section, recommendation, request_document, member, secretary)
    attachment, source, version, opinion_round, proposal = (
        written.attachment, written.source, written.version, written.opinion_round, written.proposal
    )  # fmt: skip
    file_attachment = Attachment.objects.create(
        advice=draft, council=council, position=2, title=COUNCIL_CANARY, document=secret_file
    )
    with_file = Version.objects.create(
        advice=draft, council=council, number=2, name="Met bijlage", sha256="2" * 64,
        text={"subject": COUNCIL_CANARY, "attachments": [annex(secret_file)]},
    )  # fmt: skip
    term = GlossaryTerm.objects.create(council=council, term="pgb", explanation="Geld waarmee u zelf hulp inkoopt.")
    suggestion = WordSuggestion.objects.create(council=council, hard="conform", plain="volgens")
    TextTemplate.objects.create(council=council, document="advice", parts=[{"heading": "Begin", "hint": "Waarom?"}])
    put_to_work = factories.AdviceFactory(council=council, subject=f"Leeg {COUNCIL_CANARY}", authorities=[authority])
    put_to_vote = factories.AdviceFactory(
        council=council, subject=f"In stemming {COUNCIL_CANARY}", state=AdviceState.VOTING, authorities=[authority]
    )
    procedure = open_procedure(put_to_vote, secretary, member)
    election = open_election(council, secretary, member)
    voted_election = Election.objects.create(
        council=council, role="deputy_chair", opened_by=secretary, closes_at=timezone.now() + timedelta(days=7)
    )
    talk = ThinkingAlong.objects.create(
        topic=topic, council=council, authority=authority, held_on=date(2026, 11, 2), said="Houd het busje.",
        entered_by=secretary,
    )  # fmt: skip

    adopted = factories.AdviceFactory(
        council=council, subject=f"Vastgesteld {COUNCIL_CANARY}", state=AdviceState.ADOPTED, authorities=[authority]
    )
    decision, adopted_text = decide(
        adopted, secretary, {"subject": adopted.subject, "sections": [], "recommendations": []}
    )
    Version.objects.create(
        advice=adopted, council=council, number=1, name="Met bijlage", sha256="3" * 64,
        text={"subject": COUNCIL_CANARY, "attachments": [annex(secret_file)]},
    )  # fmt: skip
    EditorialText.objects.create(
        advice=adopted, council=council, adopted_text=adopted_text, text=adopted_text.text, sha256="e" * 64,
        reason=COUNCIL_CANARY, made_by=secretary,
    )  # fmt: skip
    mandated = factories.AdviceFactory(
        council=council, subject=f"Spoed {COUNCIL_CANARY}", state=AdviceState.ADOPTED, authorities=[authority]
    )
    mandate, _text = decide(
        mandated, secretary, {"subject": mandated.subject, "sections": [], "recommendations": []},
        manner=Manner.MANDATE, mandate_reason="De wethouder besluit morgen.",
    )  # fmt: skip
    ratified = factories.AdviceFactory(
        council=council, subject=f"Bekrachtigd {COUNCIL_CANARY}", state=AdviceState.ADOPTED, authorities=[authority]
    )
    earlier, _text = decide(
        ratified, secretary, {"subject": ratified.subject, "sections": [], "recommendations": []},
        manner=Manner.MANDATE, mandate_reason="De wethouder besluit morgen.",
    )  # fmt: skip
    Ratification.objects.create(
        decision=earlier, council=council, decided_on=date(2026, 9, 20), ratified=True, recorded_by=secretary
    )

    letter, copy = issue(council, authority, secretary, pdf, "2026-01", "Brief die openbaar is", advised=2)
    publication = Publication.objects.create(
        letter=letter, council=council, published_on=date(2026, 11, 1), published_by=secretary
    )
    published_request = factories.CouncilRequestFactory(
        request=factories.AdviceRequestFactory(authority=authority, submitted=True), council=council, state="advised"
    )
    letter.advice.request = published_request
    letter.advice.save(update_fields=["request"])
    public_paper = RequestDocument.objects.create(
        request=published_request.request, document=open_file, title="Openbaar stuk"
    )
    secret_paper = RequestDocument.objects.create(
        request=published_request.request, document=secret_file, title=COUNCIL_CANARY, visibility="confidential"
    )
    given = Response.objects.create(
        copy=copy,
        council=council,
        authority=authority,
        state=ResponseState.FINAL,
        dated_on=date(2026, 10, 1),
        given_at=timezone.now(),
    )
    given.original = pdf
    given.save(update_fields=["original"])
    given_answer = Answer.objects.create(response=given, number=1, verdict=Verdict.ADOPTED)
    commitment = Commitment.objects.create(
        answer=given_answer, council=council, authority=authority, text="Kortere wachttijd", due_on=date(2026, 12, 1)
    )
    unpublished, open_copy = issue(council, authority, secretary, pdf, "2026-02", "Brief die nog niet openbaar is")
    response_draft = Response.objects.create(
        copy=open_copy, council=council, authority=authority, text=AUTHORITY_CANARY, entered_by=officer,
        draft={"text": AUTHORITY_CANARY}, version=1,
    )  # fmt: skip
    alderman = factories.PersonFactory(name="Monique Meijer", email="monique@testdorp.test")
    factories.AppointmentFactory(person=alderman, authority=authority, role=AuthorityRole.ALDERMAN)
    Answer.objects.create(response=response_draft, number=1, verdict=Verdict.REJECTED, motivation=AUTHORITY_CANARY)

    refused_mail = Message.objects.create(
        person=authority.office,
        kind="advice.letter",
        about_id=open_copy.pk,
        cause="test:letter",
        council_id=council.pk,
        authority_id=authority.pk,
        state=MessageState.REFUSED,
    )
    old_letter = Letter.objects.create(
        advice=factories.AdviceFactory(
            council=council, subject="Oude brief", state=AdviceState.ISSUED, authorities=[authority]
        ),
        council=council,
        year=2019,
        reference="Oud 12",
        slug="oud-12",
        dated_on=date(2019, 5, 1),
        subject="Oude brief",
        text={"subject": "Oude brief", "sections": []},
        sha256="c" * 64,
        imported=True,
        original=pdf,
    )
    LetterCopy.objects.create(letter=old_letter, council=council, authority=authority)

    old_public = Letter.objects.create(
        advice=factories.AdviceFactory(
            council=council, subject="Oude openbare brief", state=AdviceState.ISSUED, authorities=[authority]
        ),
        council=council,
        year=2018,
        reference="Oud 7",
        slug="oud-7",
        dated_on=date(2018, 5, 1),
        subject="Oude openbare brief",
        text={"subject": "Oude openbare brief", "sections": []},
        sha256="d" * 64,
        imported=True,
        original=pdf,
    )
    LetterCopy.objects.create(letter=old_public, council=council, authority=authority)
    Publication.objects.create(letter=old_public, council=council, published_on=date(2026, 11, 1))

    message = Message.objects.create(
        person=member, kind="portal.invitation", about_id=1, cause="test:1", council_id=council.pk
    )
    newcomer = factories.PersonFactory(name="Nieuw Lid", email="nieuw@testdorp.test")
    newcomer_membership = factories.MembershipFactory(person=newcomer, council=council)
    invitation = Invitation.objects.create(
        person=newcomer, invited_by=secretary, expires_at=timezone.now() + timedelta(days=14), council_id=council.pk
    )
    member_membership = member.memberships.get()
    appointment = officer.appointments.get()
    instrument = council.instruments.get()
    world = SimpleNamespace(**{key: value for key, value in locals().items() if not key.startswith("_")})
    world.following = follow(world, secret=AUTHORITY_CANARY)
    gather(world, secret=COUNCIL_CANARY)
    world.joint = join(world, secret=COUNCIL_CANARY)
    return world


def written_together(draft, section, recommendation, request_document, member, secretary) -> SimpleNamespace:
    """What members add to a draft: an attachment, a source, a version, an opinion and a proposal."""
    own = {"council": draft.council}
    attachment = Attachment.objects.create(advice=draft, title=COUNCIL_CANARY, text=COUNCIL_CANARY, **own)
    source = Source.objects.create(
        recommendation=recommendation, kind=SourceKind.REQUEST_DOCUMENT, title=request_document.title,
        request_document=request_document, place="art. 3", **own,
    )  # fmt: skip
    version = Version.objects.create(
        advice=draft, number=1, name="Eerste versie", text={"subject": COUNCIL_CANARY}, sha256="f" * 64,
        made_by=secretary, **own,
    )  # fmt: skip
    RecommendationSave.objects.create(
        recommendation_id=recommendation.pk, advice=draft, author=member, based_on=1, text=COUNCIL_CANARY, **own
    )
    opinion_round = OpinionRound.objects.create(
        advice=draft, opened_by=secretary, closes_on=date(2099, 12, 1), asked=5, **own
    )
    Opinion.objects.create(
        round=opinion_round, person=member, choice=Choice.DISAGREE, text=COUNCIL_CANARY, entered_by=member, **own
    )
    proposal = Proposal.objects.create(
        advice=draft, section=section, action=ProposalAction.REPLACE, original=COUNCIL_CANARY, text=COUNCIL_CANARY,
        person=member, entered_by=secretary, channel="phone", **own,
    )  # fmt: skip
    found = {"attachment": attachment, "source": source, "version": version}
    return SimpleNamespace(**found, opinion_round=opinion_round, proposal=proposal)


def annex(document) -> dict:
    """A file among the attachments of a frozen text."""
    file = {"public_id": str(document.public_id), "name": document.name, "sha256": document.sha256}
    return {"title": "Rittenlijst", "text": "", "file": file}


def open_procedure(advice, secretary, member) -> WrittenProcedure:
    procedure = WrittenProcedure.objects.create(
        advice=advice, council=advice.council, opened_by=secretary, closes_at=timezone.now() + timedelta(days=7),
        text={"subject": advice.subject, "sections": [], "recommendations": []}, sha256="1" * 64,
    )  # fmt: skip
    Elector.objects.create(procedure=procedure, council=advice.council, person=member)
    Vote.objects.create(
        procedure=procedure, council=advice.council, person=member, choice=VoteChoice.AGAINST,
        explanation=COUNCIL_CANARY, entered_by=member,
    )  # fmt: skip
    return procedure


def open_election(council, secretary, member) -> Election:
    election = Election.objects.create(
        council=council, opened_by=secretary, closes_at=timezone.now() + timedelta(days=7)
    )
    Candidate.objects.create(election=election, council=council, person=member, about=COUNCIL_CANARY)
    ElectionVoter.objects.create(election=election, council=council, person=member)
    return election


def decide(advice, by, text: dict, **more):
    decision = Decision.objects.create(
        advice=advice,
        council=advice.council,
        decided_on=date(2026, 9, 1),
        present=5,
        in_favour=4,
        against=1,
        abstained=0,
        outcome=Outcome.ADOPTED,
        sentence=COUNCIL_CANARY,
        recorded_by=by,
        **more,
    )
    adopted = AdoptedText.objects.create(
        advice=advice, council=advice.council, decision=decision, text=text, sha256="a" * 64
    )
    return decision, adopted


def issue(council, authority, by, pdf, reference: str, subject: str, *, advised: int = 1):
    advice = factories.AdviceFactory(
        council=council, subject=subject, state=AdviceState.ISSUED, authorities=[authority]
    )
    year, serial = reference.split("-")
    text = {
        "subject": subject,
        "sections": [{"heading": "Aanleiding", "html": "<p>Tekst.</p>"}],
        "recommendations": RECOMMENDATIONS[:advised],
        "attachments": [annex(pdf)],
    }
    letter = Letter.objects.create(
        advice=advice,
        council=council,
        year=int(year),
        serial=int(serial),
        reference=reference,
        slug=reference,
        dated_on=date(2026, 9, 2),
        subject=subject,
        text=text,
        sha256="b" * 64,
        issued_by=by,
        code=f"cdfghj{reference[-2:]}",
    )
    copy = LetterCopy.objects.create(
        letter=letter,
        council=council,
        authority=authority,
        response_due_on=date(2026, 10, 28),
        addressee=["College van burgemeester en wethouders", "Postbus 1", "1234 AB Testdorp"],
    )
    LetterPdf.objects.create(copy=copy, council=council, document=pdf, renderer="test")
    return letter, copy
