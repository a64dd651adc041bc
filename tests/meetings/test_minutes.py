"""Minutes per item: what somebody submitted is never lost, and nobody overwrites a text unseen."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.actions import minutes as writing
from meetings.actions.minutes import StaleItem, TooLate
from meetings.actions.register import add_action
from meetings.models import ActionItem, ItemMinutesVersion
from meetings.states import MeetingState, MinutesState
from tests.factories import AgendaItemFactory, MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(council):
    starts_at = timezone.now() - timedelta(hours=1)
    return MeetingFactory(council=council, state=MeetingState.HELD, starts_at=starts_at, title="Vergadering van mei")


@pytest.fixture
def item(held):
    return AgendaItemFactory(meeting=held, position=1, title="Vervoer")


def url(name, item):
    return reverse(f"meetings:{name}", args=[item.council.slug, item.meeting.public_id, item.pk])


def write(item, report, *, version, by):
    return writing.write_item(item, report=report, decision="", version=version, by=by.person)


def test_every_saving_is_a_version(item, saskia):
    write(item, "Eerste tekst.", version=0, by=saskia)
    saved = write(item, "Tweede tekst.", version=1, by=saskia)
    assert (saved.version, saved.report) == (2, "Tweede tekst.")
    rows = ItemMinutesVersion.objects.filter(item=item).values_list("version", "based_on", "report")
    assert list(rows) == [(1, 0, "Eerste tekst."), (2, 1, "Tweede tekst.")]
    assert saved.meeting.minutes.state == MinutesState.DRAFT


def test_a_text_that_came_too_late_is_kept_and_replaces_nothing(item, saskia, chair):
    write(item, "Tekst van Saskia.", version=0, by=saskia)
    with pytest.raises(StaleItem) as stale:
        write(item, "Tekst van de voorzitter.", version=0, by=chair)
    item.refresh_from_db()
    assert item.report == "Tekst van Saskia."
    assert stale.value.saved.saved_by == saskia.person
    late = ItemMinutesVersion.objects.get(item=item, version=None)
    assert (late.report, late.saved_by, late.based_on) == ("Tekst van de voorzitter.", chair.person, 0)


def test_the_same_form_sent_twice_is_one_saving(item, saskia):
    write(item, "Tekst.", version=0, by=saskia)
    assert write(item, "Tekst.", version=0, by=saskia).version == 1
    assert item.minutes_versions.count() == 1


def test_adopted_minutes_do_not_change_but_the_text_is_kept(item, saskia):
    write(item, "Vastgesteld.", version=0, by=saskia)
    minutes = item.meeting.minutes
    minutes.state, minutes.adopted_on = MinutesState.ADOPTED, timezone.localdate()
    minutes.save()
    with pytest.raises(TooLate):
        write(item, "Toch anders.", version=1, by=saskia)
    item.refresh_from_db()
    assert item.report == "Vastgesteld."
    assert ItemMinutesVersion.objects.filter(item=item, version=None, report="Toch anders.").exists()


def test_the_page_of_a_conflict_shows_both_texts(item, saskia, chair, sign_in):
    write(item, "De bus komt elk uur.", version=0, by=saskia)
    answer = sign_in(chair).post(url("write_item", item), {"report": "De bus komt elk half uur.", "version": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "De bus komt elk uur." in page
    assert "De bus komt elk half uur." in page
    assert re.search(r"<ins>.*half.*</ins>", page)
    assert 'name="version" value="1"' in page
    again = sign_in(chair).post(url("write_item", item), {"report": "De bus komt elk half uur.", "version": "1"})
    assert again.status_code == 302
    item.refresh_from_db()
    assert item.report == "De bus komt elk half uur."


def test_an_action_is_added_with_the_item_and_a_wrong_one_keeps_what_was_typed(item, saskia, fatma, sign_in):
    client = sign_in(saskia)
    data = {"report": "Besproken.", "version": "0", "to_do": "De wethouder bellen"}
    wrong = client.post(url("write_item", item), data)
    assert wrong.status_code == 422
    assert "Kies wie het doet." in wrong.content.decode()
    assert "De wethouder bellen" in wrong.content.decode()
    assert client.post(url("write_item", item), data | {"owner": str(fatma.person_id)}).status_code == 302
    assert client.post(url("write_item", item), data | {"owner": str(fatma.person_id)}).status_code == 302
    action = ActionItem.objects.get()
    assert (action.owner, action.noted_by, action.agenda_item) == (fatma.person, saskia.person, item)
    assert action.number == f"{timezone.localdate(item.meeting.starts_at):%Y%m%d}-001"


def test_who_leads_at_the_table_goes_back_there(item, saskia, sign_in):
    meeting = item.meeting
    meeting.opened_at = timezone.now()
    meeting.save()
    client = sign_in(saskia)
    assert 'name="then" value="table"' in client.get(url("write_item", item)).content.decode()
    answer = client.post(url("write_item", item), {"report": "Tekst.", "version": "0", "then": "table"})
    assert answer["Location"] == reverse("meetings:lead", args=[meeting.council.slug, meeting.public_id])


def test_what_was_typed_comes_back_for_its_author_only(item, saskia, chair, sign_in):
    sign_in(saskia).post(url("keep_item", item), {"report": "Half af", "version": "0"})
    assert "Half af" in sign_in(saskia).get(url("write_item", item)).content.decode()
    assert "Half af" not in sign_in(chair).get(url("write_item", item)).content.decode()
    assert "Half af" in sign_in(saskia).get(url("item_versions", item)).content.decode()
    assert "Half af" not in sign_in(chair).get(url("item_versions", item)).content.decode()
    kept = ItemMinutesVersion.objects.get()
    assert "Half af</textarea>" in sign_in(saskia).get(f"{url('write_item', item)}?concept={kept.pk}").content.decode()


def test_who_was_signed_out_finds_the_text_again_after_signing_in(item, saskia, sign_in, client):
    page = sign_in(saskia).get(url("write_item", item)).content.decode()
    token = re.search(r'name="_schrijver" value="([^"]+)"', page)[1]
    client.logout()
    away = client.post(
        url("write_item", item), {"report": "Getypt terwijl ik uit was.", "version": "0", "_schrijver": token}
    )
    assert away.status_code == 302
    client.force_login(saskia, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Getypt terwijl ik uit was." in client.get(reverse("portal:unsent")).content.decode()


def test_members_read_the_text_only_from_the_correction_round_on(item, saskia, fatma, sign_in):
    write(item, "Nog niet klaar.", version=0, by=saskia)
    report = reverse("meetings:report", args=[item.council.slug, item.meeting.public_id])
    pages = [report, item.meeting.get_absolute_url()]
    assert all("Nog niet klaar." in sign_in(saskia).get(page).content.decode() for page in pages)
    assert not any("Nog niet klaar." in sign_in(fatma).get(page).content.decode() for page in pages)
    item.meeting.minutes.__class__.objects.update(state=MinutesState.CORRECTION)
    assert all("Nog niet klaar." in sign_in(fatma).get(page).content.decode() for page in pages)


def test_the_report_costs_the_same_queries_for_few_and_many_items(held, saskia, fatma, sign_in):
    report = reverse("meetings:report", args=[held.council.slug, held.public_id])

    def grow(many):
        for n in range(many):
            made = AgendaItemFactory(meeting=held, position=100 + held.agenda_items.count(), title=f"Punt {n}")
            add_action(held.council, text="Iets", owner=fatma.person, item=made, by=saskia.person)

    grow(2)
    client = sign_in(saskia)
    client.get(report)
    few = queries(client, report)
    grow(10)
    assert queries(client, report) == few


def queries(client, page):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)
