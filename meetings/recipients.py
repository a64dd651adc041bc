"""Who would get an invitation, by which way, and what stands in the way: the preview before sending."""

from collections.abc import Iterable
from dataclasses import dataclass

from meetings.actions.inviting import Asked
from meetings.emails.invitations import first_invitation
from meetings.models import AccessNeeds, Meeting
from meetings.states import Channel, InviteeRole
from portal.preview import Preview, shown


@dataclass(frozen=True)
class Recipient:
    asked: Asked
    large_print: bool = False
    pack_on_paper: bool = False
    membership_id: str = ""  # public id, where the secretary can mend the address

    @property
    def person(self):
        return self.asked.person

    @property
    def channel(self) -> str:
        return self.asked.way

    @property
    def channels(self) -> list[tuple[str, str]]:
        """By e-mail only with an address; in the other two ways always, because paper and phone may be asked for."""
        usable = list(Channel) if self.person.reachable_by_email else [Channel.PAPER, Channel.PHONE]
        return [(way.value, str(way.label)) for way in usable]

    @property
    def gets_calendar(self) -> bool:
        return self.channel == Channel.EMAIL

    @property
    def lacks(self) -> str:
        """What must be known for this way, and is not: "post", "phone", or nothing."""
        if (self.channel == Channel.PAPER or self.pack_on_paper) and not self.person.post_address:
            return "post"
        return "phone" if self.channel == Channel.PHONE and not self.person.phone else ""


def mails_to_show(meeting: Meeting, listed: Iterable[Recipient], *, own_words: str) -> list[tuple[Recipient, Preview]]:
    """The mail itself, of each role one: everybody of that role gets the same."""
    first = {one.asked.role: one for one in reversed(list(listed)) if one.channel == Channel.EMAIL}
    return [
        (one, shown(first_invitation(meeting, one.person, role=one.asked.role, own_words=own_words)))
        for one in sorted(first.values(), key=lambda one: list(InviteeRole).index(InviteeRole(one.asked.role)))
    ]


def recipients(meeting: Meeting, asked: Iterable[Asked], *, with_needs: bool) -> list[Recipient]:
    """`with_needs` for the secretary only. As many queries for a thousand people as for ten."""
    asked = list(asked)
    people = [one.person.pk for one in asked]
    of_council = {"council": meeting.council, "person__in": people}
    needs = {need.person_id: need for need in AccessNeeds.objects.filter(**of_council)} if with_needs else {}
    memberships = dict(meeting.council.memberships.current().filter(person__in=people)
                       .values_list("person_id", "public_id"))  # fmt: skip
    return [
        Recipient(
            one,
            large_print=bool(needs.get(one.person.pk) and needs[one.person.pk].large_print),
            pack_on_paper=bool(needs.get(one.person.pk) and needs[one.person.pk].papers_on_paper),
            membership_id=str(memberships.get(one.person.pk, "")),
        )
        for one in asked
    ]
