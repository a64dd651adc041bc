"""One of everything around the meetings of the world: polls, proposals, packs, needs, visitors, minutes, decisions."""

from datetime import date, time, timedelta
from types import SimpleNamespace

from django.utils import timezone

from meetings import minutes_content
from meetings.minutes_public import public_content
from meetings.models import (
    AccessNeeds,
    ActionItem,
    AdoptedMinutes,
    DateAnswer,
    DateOption,
    DatePoll,
    FeedAddress,
    Guest,
    InvitationRound,
    ItemMinutesVersion,
    ItemProposal,
    MeetingChange,
    MeetingDecision,
    MeetingPack,
    MeetingTemplate,
    Minutes,
    MinutesCorrection,
    MinutesFile,
    Presence,
    PublicMinutes,
    Recusal,
    StandingItem,
    Visitor,
)
from meetings.packing import holds_now
from meetings.states import DateAnswerChoice, MeetingState, MinutesState, PackState
from portal.models import Digest, InboundMail, MessageChoice, Person
from portal.states import Frequency, InboundKind, InboundOutcome
from tests import factories


def gather(world: SimpleNamespace, *, secret: str) -> SimpleNamespace:
    """`secret` stands in what only the council may read. Sets names on the world."""
    council, secretary, member = world.council, world.secretary, world.member
    own, meeting, item = {"council": council}, world.meeting, world.item
    now = timezone.now()
    world.template = MeetingTemplate.objects.create(
        name="Gewone vergadering", title="Vergadering", starts=time(19, 30), ends=time(21, 30), **own
    )
    world.poll = DatePoll.objects.create(
        title=f"Datum {secret}", opened_by=secretary, answer_by=timezone.localdate() + timedelta(days=7), **own
    )
    world.option = DateOption.objects.create(
        poll=world.poll, starts_at=now + timedelta(days=20), ends_at=now + timedelta(days=20, hours=2), **own
    )
    DateAnswer.objects.create(
        option=world.option, person=member, answer=DateAnswerChoice.YES, answered_by=member, **own
    )
    world.part = factories.MeetingFactory(council=council, parent=meeting, title=f"Deelsessie {secret}")
    world.standing = StandingItem.objects.create(position=1, title=f"Opening {secret}", **own)
    world.second_standing = StandingItem.objects.create(position=2, title=f"Mededelingen {secret}", **own)
    world.bare_council = factories.CouncilFactory(name="Adviesraad zonder lijst")
    world.item_proposal = ItemProposal.objects.create(
        title=f"Voorstel {secret}", why=secret, person=member, entered_by=member, **own
    )
    world.pack = MeetingPack.objects.create(
        meeting=meeting,
        edition=1,
        state=PackState.READY,
        document=world.pdf,
        asked_by=secretary,
        holds=holds_now(meeting),
        **own,
    )
    world.failed_pack = MeetingPack.objects.create(
        meeting=meeting, edition=2, state=PackState.FAILED, problem="time", asked_by=secretary, **own
    )
    world.round = InvitationRound.objects.create(
        meeting=meeting, made_by=secretary, sends_at=now + timedelta(minutes=5), **own
    )
    world.round.invitees.set([world.invitee])
    world.paper_invitee = factories.MeetingFactory(council=council, title="Op papier").invitees.create(
        person=secretary, channel="paper", **own
    )
    world.needs = AccessNeeds.objects.create(person=member, other=secret, stated_by=member, **own)
    world.public_meeting = factories.MeetingFactory(
        council=council, title="Openbare vergadering", is_public=True, state=MeetingState.INVITED
    )
    world.visitor = Visitor.objects.create(meeting=world.public_meeting, name=f"Bezoeker {secret}", needs=secret, **own)
    world.unseen_visitor = Visitor.objects.create(meeting=world.public_meeting, name="Bezoeker", **own)
    world.feed = FeedAddress.objects.create(person=member, secret_sha256="c" * 64)

    world.held = factories.MeetingFactory(
        council=council, title=f"Gehouden {secret}", state=MeetingState.HELD,
        starts_at=now - timedelta(days=30), ends_at=now - timedelta(days=30) + timedelta(hours=2),
    )  # fmt: skip
    world.held_item = factories.AgendaItemFactory(
        meeting=world.held, title=f"Punt {secret}", report=secret, decision=f"Besluit {secret}", version=1
    )
    world.held_invitee = world.held.invitees.create(person=member, **own)
    Presence.objects.create(invitee=world.held_invitee, from_item=world.held_item, **own)
    world.recusal = Recusal.objects.create(
        item=item, person=member, reason=f"Belang {secret}", noted_by=secretary, **own
    )
    world.guest = Guest.objects.create(meeting=world.held, name=f"Gast {secret}", **own)
    ItemMinutesVersion.objects.create(item=world.held_item, version=1, report=secret, saved_by=secretary, **own)
    world.minutes = Minutes.objects.create(meeting=world.held, state=MinutesState.CORRECTION, sent_at=now, **own)
    world.correction = MinutesCorrection.objects.create(
        minutes=world.minutes, item=world.held_item, person=member, entered_by=member, text=secret, **own
    )
    earlier = factories.MeetingFactory(
        council=council, title=f"Eerder {secret}", state=MeetingState.HELD,
        starts_at=now - timedelta(days=60), ends_at=now - timedelta(days=60) + timedelta(hours=2),
    )  # fmt: skip
    world.adopted_minutes = Minutes.objects.create(
        meeting=earlier, state=MinutesState.ADOPTED, adopted_on=date(2026, 10, 1), **own
    )
    world.earlier_item = factories.AgendaItemFactory(
        meeting=earlier, title="Vervoer", report=secret, public_report="Besproken.", version=1
    )
    content = minutes_content.content_of(earlier, adopted_on=date(2026, 10, 1))
    adopted = AdoptedMinutes.objects.create(
        minutes=world.adopted_minutes,
        content=content,
        sha256=minutes_content.digest(content),
        adopted_by=secretary,
        **own,
    )
    MinutesFile.objects.create(adopted=adopted, document=world.pdf, **own)
    world.published_minutes = published(world, secretary, own, secret)
    MeetingChange.objects.create(meeting=world.public_meeting, sequence=0, facts={}, is_mailed=False, **own)
    world.decision_row = MeetingDecision.objects.create(
        item=world.held_item, number="20261101-001", text=f"Besluit {secret}", decided_on=date(2026, 11, 1),
        noted_by=secretary, **own,
    )  # fmt: skip
    world.later_decision = MeetingDecision.objects.create(
        number="20261115-001", text=f"Later {secret}", decided_on=date(2026, 11, 15), noted_by=secretary, **own
    )
    world.done_action = ActionItem.objects.create(
        number="20261115-002", text=f"Klaar {secret}", owner=member, done_on=date(2026, 11, 20), **own
    )
    world.later_item = factories.AgendaItemFactory(
        meeting=factories.MeetingFactory(council=council, starts_at=now - timedelta(hours=1)), title="Vorig verslag"
    )

    digest = Digest.objects.create(person=member, frequency=Frequency.DAILY)
    world.digest = digest
    MessageChoice.objects.create(person=member, topic="test", frequency=Frequency.DAILY)
    world.inbound_mail = InboundMail.objects.create(
        message_id="<een@testdorp.test>", council_id=council.pk, kind=InboundKind.OTHER,
        state=InboundOutcome.SET_ASIDE, reason="Test",
    )  # fmt: skip
    return world


def published(world: SimpleNamespace, secretary: Person, own: dict, secret: str) -> Minutes:
    """Minutes that everyone can read: of what is in them only the short text is public."""
    now = timezone.now()
    meeting = factories.MeetingFactory(
        council=world.council, title="Openbaar verslag", is_public=True, state=MeetingState.HELD,
        starts_at=now - timedelta(days=90), ends_at=now - timedelta(days=90) + timedelta(hours=2),
    )  # fmt: skip
    factories.AgendaItemFactory(meeting=meeting, title="Vervoer", report=secret, public_report="Besproken.", version=1)
    minutes = Minutes.objects.create(
        meeting=meeting, state=MinutesState.ADOPTED, adopted_on=date(2026, 9, 1), published_at=now, **own
    )
    content = minutes_content.content_of(meeting, adopted_on=date(2026, 9, 1))
    adopted = AdoptedMinutes.objects.create(
        minutes=minutes,
        content=content,
        sha256=minutes_content.digest(content),
        adopted_by=secretary,
        **own,
    )
    short = public_content(adopted, {1: "Besproken."})
    PublicMinutes.objects.create(
        adopted=adopted,
        edition=1,
        content=short,
        sha256=minutes_content.digest(short),
        published_at=now,
        published_by=secretary,
        **own,
    )
    return minutes
