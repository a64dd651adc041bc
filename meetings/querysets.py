from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from councils.querysets import OfCouncilQuerySet
from meetings.states import (
    TOLD_ABOUT,
    Attendance,
    Channel,
    ItemProposalState,
    MeetingKind,
    MeetingState,
    PackState,
    PaperVisibility,
)
from portal.models import Message
from portal.states import MessageState

TAKES_AT_MOST = timedelta(minutes=5)  # sending, after a message is due


def still_comes(prefix: str = "") -> Q:
    """Of a meeting: not begun, not held and not cancelled."""
    states = [MeetingState.PLANNED, MeetingState.INVITED]
    facts = {"state__in": states, "opened_at": None, "closed_at": None, "starts_at__gt": timezone.now()}
    return Q(**{prefix + name: value for name, value in facts.items()})


class MeetingQuerySet(OfCouncilQuerySet):
    def whole(self) -> Self:
        """Without the sub-sessions: these stand under their plenary and are no meetings of their own in lists."""
        return self.filter(parent=None)

    def with_parts(self) -> Self:
        parts = self.model._default_manager.select_related("council").order_by("starts_at", "pk")
        return self.prefetch_related(Prefetch("parts", parts))

    def with_openness(self) -> Self:
        items = self.model._meta.get_field("agenda_items").related_model._default_manager  # type: ignore[union-attr]
        return self.annotate(has_closed_items=Exists(items.filter(meeting=OuterRef("pk"), is_closed=True)))

    def announced(self) -> Self:
        """Without those of the last minutes of which the invitations can still be undone: nothing has left of them."""
        rounds = self.model._meta.get_field("invitation_rounds").related_model._default_manager  # type: ignore[union-attr]
        of_this = rounds.filter(meeting=OuterRef("pk"), undone_at=None)
        waits, left = of_this.filter(sends_at__gt=timezone.now()), of_this.filter(sends_at__lte=timezone.now())
        return self.exclude(Exists(waits) & ~Exists(left))

    def coming(self) -> Self:
        return self.filter(still_comes()).order_by("starts_at", "pk")

    def with_proposals(self) -> Self:
        """How many items of members wait to be decided on: for this meeting, and for whichever comes first."""
        proposals = self.model._meta.get_field("item_proposals").related_model._default_manager.open()  # type: ignore[union-attr]

        def counted(found: models.QuerySet) -> Coalesce:
            per_council = found.order_by().values("council").annotate(n=Count("pk")).values("n")
            return Coalesce(Subquery(per_council), 0, output_field=models.IntegerField())

        return self.annotate(
            own_proposals=counted(proposals.filter(meeting=OuterRef("pk"))),
            loose_proposals=counted(
                proposals.loose().filter(council=OuterRef("council")).exclude(meeting=OuterRef("pk"))
            ),
        )

    def shown_to(self, authority: models.Model) -> Self:
        """Consultations of which the invitations went out: all that an authority sees of a council's meetings."""
        held = [MeetingState.INVITED, MeetingState.HELD, MeetingState.CANCELLED]
        found = self.filter(kind=MeetingKind.CONSULTATION, authority=authority, state__in=held)
        return found.exclude(invited_at=None).announced()

    def over(self) -> Self:
        """As `Meeting.is_over`: what was held before its date is over too."""
        return self.filter(Q(state=MeetingState.HELD) | Q(ends_at__lte=timezone.now()))

    def not_over(self) -> Self:
        return self.filter(ends_at__gt=timezone.now()).exclude(state=MeetingState.HELD).order_by("starts_at", "pk")

    def upcoming(self) -> Self:
        return self.not_over().exclude(state=MeetingState.CANCELLED)

    def past(self) -> Self:
        return self.over().order_by("-starts_at")

    def published(self) -> Self:
        """Public meetings that were announced; a cancelled one stays visible as cancelled."""
        never_announced = Q(state=MeetingState.PLANNED) | Q(state=MeetingState.CANCELLED, invited_at=None)
        return self.filter(is_public=True).exclude(never_announced).announced()


class ActionItemQuerySet(OfCouncilQuerySet):
    def open(self) -> Self:
        return self.filter(done_on__isnull=True).order_by("due_on", "number")


class InviteeQuerySet(OfCouncilQuerySet):
    def invited(self) -> Self:
        """Who is asked to come; without whose invitation was withdrawn."""
        return self.filter(withdrawn_at=None)

    def with_letters(self) -> Self:
        """Whether a message to this person about the meeting is to be sent on paper, also after mail came back; and
        whether one does not leave: it is held back or refused, or waits longer than sending takes."""
        told = Message.objects.filter(kind__in=TOLD_ABOUT, about_id=OuterRef("pk"))
        late = Q(state__in=[MessageState.WAITING, MessageState.SENDING], due_at__lt=timezone.now() - TAKES_AT_MOST)
        newer = Message.objects.filter(kind__in=TOLD_ABOUT, about_id=OuterRef("about_id"), pk__gt=OuterRef("pk"))
        stopped = Q(state=MessageState.HELD) | Q(~Exists(newer), state=MessageState.REFUSED)
        return self.annotate(
            has_letter=Exists(told.filter(state=MessageState.PAPER)), has_unsent=Exists(told.filter(late | stopped))
        )

    def on_paper(self) -> Self:
        return self.with_letters().filter(Q(channel=Channel.PAPER) | Q(has_letter=True))

    def with_last_paper(self) -> Self:
        return self.annotate(last_paper_at=Max("meeting__agenda_items__papers__added_at"))

    def invited_or_there(self) -> Self:
        """Also who came although the invitation was withdrawn."""
        return self.filter(Q(withdrawn_at=None) | Q(attendance=Attendance.PRESENT))


class ItemProposalQuerySet(OfCouncilQuerySet):
    def open(self) -> Self:
        return self.filter(state=ItemProposalState.OPEN)

    def loose(self) -> Self:
        """For no meeting that still comes: it stands at every coming agenda until it is decided."""
        return self.filter(Q(meeting=None) | ~still_comes("meeting__"))

    def at(self, meeting: models.Model) -> Self:
        """What waits for a decision on this agenda."""
        council = self.open().filter(council=meeting.council_id)  # type: ignore[attr-defined]
        return council.filter(meeting=meeting) | council.loose()


class AgendaPaperQuerySet(models.QuerySet):
    def public(self) -> Self:
        """What everybody may read, of a meeting that is public: after the last day of an embargo by itself."""
        over = Q(visibility=PaperVisibility.EMBARGO, embargo_until__lt=timezone.localdate())
        return self.filter(Q(visibility=PaperVisibility.OPEN) | over, item__is_closed=False)


class MeetingPackQuerySet(OfCouncilQuerySet):
    def out(self) -> Self:
        """Editions that people have: ready at a meeting to which they are invited, or sent by hand before that."""
        return self.filter(Q(meeting__invited_at__isnull=False) | Q(sent_at__isnull=False), state=PackState.READY)


class MeetingDecisionQuerySet(OfCouncilQuerySet):
    def public(self) -> Self:
        """Of minutes that are public now, without closed items."""
        minutes = "item__meeting__minutes__"
        not_withdrawn = Q(**{f"{minutes}withdrawn_at__isnull": True}) | Q(
            **{f"{minutes}withdrawn_at__lt": F(f"{minutes}published_at")}
        )
        return self.filter(not_withdrawn, item__is_closed=False, **{f"{minutes}published_at__isnull": False})
