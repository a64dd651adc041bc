"""Numbers that stay, in one series per day; the action list; reminders that know what happened meanwhile."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.actions import register
from meetings.models import ActionItem, MeetingDecision
from meetings.states import MeetingState
from portal.access import Refused
from portal.calendar import wall_clock
from portal.models import Message
from portal.tasks import deliver
from tests.factories import AgendaItemFactory, MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(council):
    starts_at = timezone.make_aware(timezone.datetime(2026, 11, 21, 19, 30))
    return AgendaItemFactory(
        meeting=MeetingFactory(council=council, state=MeetingState.HELD, starts_at=starts_at), position=1
    )


def action(item, saskia, owner, text="Bellen", **facts):
    return register.add_action(item.council, text=text, owner=owner.person, item=item, by=saskia.person, **facts)


def actions_page(council, **query):
    return reverse("meetings:actions", args=[council.slug]) + ("?" if query else "") + "&".join(
        f"{name}={value}" for name, value in query.items()
    )  # fmt: skip


def test_decisions_and_actions_of_a_day_share_one_series(item, saskia, fatma):
    first = register.note_decision(item, text="Een", by=saskia.person)
    second = action(item, saskia, fatma)
    third = register.note_decision(item, text="Drie", by=saskia.person)
    assert [one.number for one in (first, second, third)] == ["20261121-001", "20261121-002", "20261121-003"]
    assert (third.decided_on, third.noted_by) == (date(2026, 11, 21), saskia.person)


def test_the_series_goes_on_after_999(item, saskia, fatma):
    ActionItem.objects.create(council=item.council, number="20261121-999", text="Vol", owner=fatma.person)
    assert action(item, saskia, fatma).number == "20261121-1000"
    assert action(item, saskia, fatma, text="Nog een").number == "20261121-1001"


def test_a_number_of_an_older_list_stays_and_does_not_count_for_the_series(item, saskia, fatma):
    old = register.import_action(item.council, number="20261121148", text="Oud", owner=fatma.person, by=saskia.person)
    assert old.number == "20261121148"
    assert action(item, saskia, fatma).number == "20261121-001"
    again = register.import_action(item.council, number="20261121148", text="X", owner=fatma.person, by=None)
    assert again == old
    with pytest.raises(Refused):
        register.import_action(item.council, number="7a", text="X", owner=fatma.person, by=None)


def test_another_council_has_its_own_series(item, saskia, fatma):
    action(item, saskia, fatma)
    elsewhere = AgendaItemFactory(meeting=MeetingFactory(starts_at=item.meeting.starts_at))
    assert action(elsewhere, saskia, fatma).number == "20261121-001"


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_no_double_when_many_write_at_once(item, saskia, fatma):
    def write(n):
        try:
            if n % 2:
                action(item, saskia, fatma, text=f"Actie {n}")
            else:
                register.note_decision(item, text=f"Besluit {n}", by=saskia.person)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(18)))
    numbers = [
        *ActionItem.objects.values_list("number", flat=True), *MeetingDecision.objects.values_list("number", flat=True),
    ]  # fmt: skip
    assert sorted(numbers) == [f"20261121-{n:03}" for n in range(1, 19)]


def test_the_list_opens_with_my_own_open_actions_by_date(item, saskia, fatma, chair, sign_in):
    action(item, saskia, fatma, text="Later", due_on=date(2027, 3, 1))
    action(item, saskia, fatma, text="Eerst", due_on=date(2027, 1, 1))
    action(item, saskia, chair, text="Van de voorzitter")
    done = action(item, saskia, fatma, text="Af")
    register.finish_action(done, note="Gebeld op maandag.", by=fatma.person)
    client = sign_in(fatma)
    mine = client.get(actions_page(item.council)).content.decode()
    assert mine.index("Eerst") < mine.index("Later")
    assert "Van de voorzitter" not in mine
    assert "Gebeld op maandag." not in mine
    assert "Van de voorzitter" in client.get(actions_page(item.council, wie="allen")).content.decode()
    assert "Gebeld op maandag." in client.get(actions_page(item.council, stand="klaar")).content.decode()
    found = client.get(actions_page(item.council, zoek="eerst")).content.decode()
    assert "Eerst" in found
    assert "Later" not in found


def test_an_action_stays_until_it_is_done_and_can_be_reopened(item, saskia, fatma, sign_in):
    made = action(item, saskia, fatma)
    where = [item.council.slug, made.number]
    client = sign_in(fatma)
    client.post(reverse("meetings:finish_action", args=where), {"note": "Gebeld."})
    made.refresh_from_db()
    assert (made.done_on, made.done_note) == (timezone.localdate(), "Gebeld.")
    assert made not in ActionItem.objects.open()
    client.post(reverse("meetings:reopen_action", args=where))
    assert made in ActionItem.objects.open()


def test_who_left_the_council_leaves_actions_to_hand_over(item, saskia, fatma, chair, former_member, sign_in):
    made = action(item, saskia, former_member, text="Weesactie")
    assert "Weesactie" in sign_in(saskia).get(actions_page(item.council)).content.decode()
    hand_over = reverse("meetings:hand_over_action", args=[item.council.slug, made.number])
    assert sign_in(saskia).post(hand_over, {"owner": chair.person_id}).status_code == 302
    made.refresh_from_db()
    assert made.owner == chair.person
    assert "Weesactie" not in sign_in(saskia).get(actions_page(item.council)).content.decode()
    assert sign_in(fatma).post(hand_over, {"owner": fatma.person_id}).status_code == 403


def test_a_spreadsheet_runs_no_formula(item, saskia, fatma, sign_in):
    action(item, saskia, fatma, text="=HYPERLINK(1)")
    register.note_decision(item, text="+1+1", by=saskia.person)
    client = sign_in(fatma)
    actions = client.get(reverse("meetings:actions_csv", args=[item.council.slug])).content.decode()
    decisions = client.get(reverse("meetings:decisions_csv", args=[item.council.slug])).content.decode()
    assert ";'=HYPERLINK(1);" in actions
    assert ";'+1+1;" in decisions


@pytest.mark.parametrize("query", ["wie=²", "wie=allen&zoek=%00bel", "stand=²", "wie=" + "9" * 30])
def test_an_odd_address_of_the_action_list_is_no_fault(item, saskia, fatma, sign_in, query):
    action(item, saskia, fatma)
    assert sign_in(fatma).get(f"{actions_page(item.council)}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["jaar=²²²²", "jaar=0000", "jaar=9999", "zoek=%00"])
def test_an_odd_address_of_the_decisions_is_no_fault(item, saskia, sign_in, query):
    for name in ("decisions", "decisions_csv", "public_decisions"):
        page = reverse(f"meetings:{name}", args=[item.council.slug])
        assert sign_in(saskia).get(f"{page}?{query}").status_code == 200


def test_the_spreadsheet_holds_what_the_page_shows(item, saskia, fatma, sign_in):
    action(item, saskia, fatma, text="Bel de wethouder")
    action(item, saskia, fatma, text="Zaal huren")
    client = sign_in(fatma)
    page = client.get(actions_page(item.council, wie="allen", zoek="bel")).content.decode()
    link = html.unescape(re.search(r'href="([^"]*acties\.csv[^"]*)"', page)[1])
    rows = client.get(link).content.decode()
    assert "Bel de wethouder" in rows
    assert "Zaal huren" not in rows


def test_a_decision_that_was_replaced_names_the_later_one(item, council, saskia, sign_in):
    old = register.note_decision(item, text="Elke maandag.", by=saskia.person)
    later_day = item.meeting.starts_at + timedelta(days=30)
    later_item = AgendaItemFactory(meeting=MeetingFactory(council=council, starts_at=later_day))
    new = register.note_decision(later_item, text="Elke dinsdag.", by=saskia.person)
    with pytest.raises(Refused, match="later is genomen"):
        register.replace_decision(new, replaced_by=old, by=saskia.person)
    page = reverse("meetings:replace_decision", args=[council.slug, old.number])
    assert sign_in(saskia).post(page, {"replaced_by": new.pk}).status_code == 302
    shown = sign_in(saskia).get(reverse("meetings:decisions", args=[council.slug])).content.decode()
    assert f"Vervangen door {new.number}" in shown


@pytest.mark.parametrize(("name", "make"), [("actions", "action"), ("decisions", "decision")])
def test_the_registers_cost_the_same_for_few_and_many(item, saskia, fatma, sign_in, name, make):
    def grow(many):
        for n in range(many):
            if make == "action":
                action(item, saskia, fatma, text=f"Actie {n} {many}")
            else:
                register.note_decision(item, text=f"Besluit {n} {many}", by=saskia.person)

    client = sign_in(fatma)
    page = reverse(f"meetings:{name}", args=[item.council.slug])
    grow(2)
    client.get(page)
    few = queries(client, page)
    grow(20)
    assert queries(client, page) == few


def queries(client, page):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


# --- reminders ---

DUE = date(2026, 12, 10)


def on(day, hour=9):
    return time_machine.travel(wall_clock(day, timezone.datetime(2026, 1, 1, hour).time()), tick=False)


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        (-4, []), (-3, ["meetings.action_near"]), (0, ["meetings.action_near"]), (1, ["meetings.action_late"]),
        (14, ["meetings.action_late"]), (15, []),
    ],
)  # fmt: skip
def test_a_reminder_comes_three_days_before_and_once_after(item, saskia, fatma, days, kinds):
    action(item, saskia, fatma, due_on=DUE)
    with on(DUE + timedelta(days=days)):
        call_command("remind_actions")
        assert not Message.objects.filter(kind__startswith="meetings.action").exists()  # dry without --apply
        call_command("remind_actions", "--apply")
        call_command("remind_actions", "--apply")
    assert list(Message.objects.filter(kind__startswith="meetings.action").values_list("kind", flat=True)) == kinds


@pytest.mark.parametrize("change", ["nothing", "done", "handed over", "moved"])
def test_a_reminder_is_decided_when_it_is_sent(item, saskia, fatma, chair, change):
    made = action(item, saskia, fatma, due_on=DUE)
    with on(DUE - timedelta(days=3)):
        call_command("remind_actions", "--apply")
        message = Message.objects.get(kind="meetings.action_near")
        if change == "done":
            register.finish_action(made, by=fatma.person)
        elif change == "handed over":
            register.hand_over_action(made, owner=chair.person, due_on=DUE, by=saskia.person)
        elif change == "moved":
            register.hand_over_action(made, owner=fatma.person, due_on=DUE + timedelta(days=9), by=saskia.person)
        assert deliver(message.pk) == ("sent" if change == "nothing" else "dropped")


# --- an older list ---


def test_an_older_list_is_taken_over_with_its_numbers(council, fatma, tmp_path):
    file = tmp_path / "acties.csv"
    file.write_text(f"number;text;owner;due;done\n20221020148;Bellen;{fatma.email};2022-11-01;\n", encoding="utf-8")
    call_command("import_actions", council.slug, str(file))
    assert not ActionItem.objects.exists()
    for _twice in range(2):
        call_command("import_actions", council.slug, str(file), "--apply")
    made = ActionItem.objects.get()
    assert (made.number, made.owner, made.due_on) == ("20221020148", fatma.person, date(2022, 11, 1))


def test_a_list_with_a_fault_changes_nothing_and_names_the_line(council, fatma, tmp_path):
    file = tmp_path / "acties.csv"
    file.write_text(f"number;text;owner\n20221020148;Bellen;{fatma.email}\nx;Fout;{fatma.email}\n", encoding="utf-8")
    with pytest.raises(CommandError, match="line 3"):
        call_command("import_actions", council.slug, str(file), "--apply")
    assert not ActionItem.objects.exists()
