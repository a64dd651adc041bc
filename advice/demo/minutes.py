"""From draft to public minutes: the older meeting went the whole way, of the last one the members read the draft."""

from datetime import timedelta

from advice.demo.meetings import SECRETARY
from advice.demo.world import World, read
from meetings.actions.adopting import adopt_minutes
from meetings.actions.correcting import ask_corrections, send_correction, settle_correction
from meetings.actions.publishing import publish_minutes
from meetings.models import Minutes
from portal.models import Person


def build(world: World) -> None:
    by = world.people[SECRETARY["asw"]]
    older, last = world.meetings["asw-older-past"], world.meetings["asw-past"]

    minutes = ask_corrections(older, by=by)
    correct(world, minutes, by)
    # The verbs know only this moment: the round was held in the week after the meeting.
    sent_at = older.ends_at + timedelta(days=2)
    Minutes.objects.filter(pk=minutes.pk).update(sent_at=sent_at, corrections_until=(sent_at + timedelta(7)).date())
    adopt_minutes(minutes, item=world.items["asw-past/verslag"], by=by)
    minutes.refresh_from_db()
    items = read("meetings.json")["asw-older-past"]["items"]
    publish_minutes(minutes, {number: item["report"] for number, item in enumerate(items, 1)}, by=by)

    minutes = ask_corrections(last, by=by)
    send_correction(
        minutes, text="Er waren vijf bezoekers, niet vier.", person=world.people["sjukje"], by=world.people["sjukje"],
        item=last.agenda_items.first(),
    )  # fmt: skip


def correct(world: World, minutes: Minutes, by: Person) -> None:
    """One that was taken over, before it was adopted."""
    henk = world.people["henk"]
    correction = send_correction(
        minutes, text="De proef duurt een half jaar, niet een jaar.", person=henk, by=henk,
        item=world.items["asw-older-past/proef"],
    )  # fmt: skip
    settle_correction(correction, taken_over=True, answer="Dat klopt. Het is verbeterd.", by=by)
