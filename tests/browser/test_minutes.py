"""Minutes from the first word to the public page: two who write at once, a member who corrects, adopted, published."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from meetings.models import ItemMinutesVersion, MinutesCorrection
from meetings.states import Attendance, MeetingState, MinutesState
from portal.dates import long_date
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held(council, saskia, chair, fatma):
    starts_at = timezone.now() - timedelta(days=20)
    meeting = factories.MeetingFactory(
        council=council, title="Vergadering van mei", state=MeetingState.HELD, starts_at=starts_at, is_public=True
    )
    for position, title in enumerate(["Opening", "Vervoer", "Wachttijd"], 1):
        factories.AgendaItemFactory(meeting=meeting, position=position, title=title)
    for user in (saskia, chair, fatma):
        meeting.invitees.create(person=user.person, council=council, attendance=Attendance.PRESENT)
    return meeting


@pytest.fixture
def later(council):
    meeting = factories.MeetingFactory(
        council=council, title="Vergadering van juni", state=MeetingState.HELD,
        starts_at=timezone.now() - timedelta(hours=1),
    )  # fmt: skip
    return factories.AgendaItemFactory(meeting=meeting, position=1, title="Verslag van de vorige vergadering")


def of(name, meeting, *more):
    return reverse(f"meetings:{name}", args=[meeting.council.slug, meeting.public_id, *more])


def shoot(visitor, name):
    visitor.page.screenshot(path=f"/tmp/minutes-{name}.png", full_page=True)


def test_minutes_are_written_corrected_adopted_and_published(visit, held, later, saskia, chair, fatma):
    # Saskia writes three items; the chair has the second one open meanwhile.
    second = held.agenda_items.get(position=2)
    of_chair = visit(user=chair)
    of_chair.open(of("write_item", held, second.pk))
    writes = visit(user=saskia)
    writes.open(of("report", held))
    writes.sees("Alleen wie de vergadering leidt, leest dit")
    shoot(writes, "overview")
    writes.follow("Schrijf dit punt", about="Opening")
    writes.fill("Wat is er gezegd?", "De voorzitter opent.")
    writes.press("Sla dit punt op")
    writes.fill("Wat is er gezegd?", "De bus komt elk uur.")
    writes.fill("Wat is er besloten?", "Wij schrijven een brief.")
    writes.fill("Wat moet er gebeuren?", "Brief schrijven")
    writes.select("Wie doet het?", fatma.person.name)
    shoot(writes, "item")
    writes.press("Sla dit punt op")
    writes.sees("De actie heeft nummer")
    writes.fill("Wat is er gezegd?", "Wij wachten lang.")
    writes.press("Sla dit punt op")
    writes.sees("De bus komt elk uur.", "Wij wachten lang.")

    # The chair saves the text of before: both are shown, and both are kept.
    of_chair.fill("Wat is er gezegd?", "De bus komt elk half uur.")
    of_chair.press("Sla dit punt op", status=409)
    of_chair.sees("Er zijn nu 2 teksten", "De bus komt elk uur.", "De bus komt elk half uur.")
    shoot(of_chair, "conflict")
    of_chair.fill("Wat is er gezegd?", "De bus komt elk uur, in de spits elk half uur.")
    of_chair.fill("Wat is er besloten?", "Wij schrijven een brief.")
    of_chair.press("Sla dit op als tekst van het verslag")
    kept = set(ItemMinutesVersion.objects.filter(item=second).values_list("report", flat=True))
    assert {"De bus komt elk uur.", "De bus komt elk half uur."} <= kept

    # To the members.
    writes.open(of("report", held))
    writes.follow("Vraag de leden om correcties")
    writes.press("Stuur het aan de leden")
    writes.sees("De leden krijgen bericht")

    # Fatma on her old phone.
    phone = visit(width=360, user=fatma, javascript=False)
    phone.open(of("report", held))
    phone.sees("Klopt dit verslag?", "in de spits elk half uur")
    shoot(phone, "member")
    phone.follow("Hier klopt iets niet", about="Wachttijd")
    phone.press("Stuur mijn correctie", status=422)
    phone.sees("Schrijf wat er anders moet")
    phone.fill("Wat moet er anders?", "Wij wachten zes weken.")
    shoot(phone, "correct")
    phone.press("Stuur mijn correctie")
    phone.sees("Uw correctie is bij de secretaris", "Wij wachten zes weken.")

    # Taken over, adopted, published.
    writes.open(of("report", held))
    writes.follow("Handel deze correctie af")
    writes.choose("Overgenomen", within="Is de correctie overgenomen?")
    writes.fill("Wat is er gezegd?", "Wij wachten zes weken.")
    shoot(writes, "settle")
    writes.press("Opslaan")
    assert MinutesCorrection.objects.get().state == "taken_over"
    writes.follow("Stel het verslag vast")
    shoot(writes, "adopt")
    with override("nl"):
        at = f"{long_date(later.meeting.starts_at)}: Verslag van de vorige vergadering"
    writes.select("Bij welk punt van welke vergadering?", at)
    writes.press("Stel het verslag vast")
    writes.sees("Dit verslag is vastgesteld")
    assert held.minutes.state == MinutesState.ADOPTED
    writes.follow("Maak het korte verslag openbaar")
    writes.fill("2. Vervoer", f"{fatma.person.name} vertelde over de bus.")
    writes.press("Bekijk het eerst")
    writes.sees("Kijk hier eerst naar", fatma.person.name)
    writes.fill("2. Vervoer", "Wij spraken over de bus.")
    writes.choose("Ik heb de tekst bekeken. Hij mag openbaar worden.")
    shoot(writes, "publish")
    writes.press("Openbaar maken")
    writes.sees("Het korte verslag is nu openbaar")
    shoot(writes, "adopted")

    resident = visit(width=360)
    resident.open(of("public_minutes", held))
    resident.sees("Wij spraken over de bus.", "Wij schrijven een brief.")
    assert fatma.person.name not in resident.page.content()
    assert "zes weken" not in resident.page.content()
    shoot(resident, "public")
    registers = visit(width=360, user=fatma)
    registers.open(reverse("meetings:actions", args=[held.council.slug]))
    registers.sees("Brief schrijven")
    shoot(registers, "actions")
    registers.open(reverse("meetings:decisions", args=[held.council.slug]))
    registers.sees("Wij schrijven een brief.")
    shoot(registers, "decisions")
    writes.open(reverse("meetings:actions", args=[held.council.slug]) + "?wie=allen")
    shoot(writes, "actions-wide")


def test_who_leaves_without_saving_finds_the_text_back(visit, held, saskia):
    """Sooner than the next time that the draft would be kept by itself."""
    item = held.agenda_items.get(position=2)
    writes = visit(user=saskia)
    writes.open(of("write_item", held, item.pk))
    writes.fill("Wat is er gezegd?", "De bus komt niet meer.")
    writes.page.on("dialog", lambda dialog: dialog.accept())  # the browser asks first
    writes.open(of("report", held))
    writes.page.wait_for_timeout(500)
    assert ItemMinutesVersion.objects.filter(item=item, automatic=True).count() == 1
    writes.open(of("write_item", held, item.pk))
    writes.sees("U heeft nog een tekst die niet is opgeslagen")
    writes.follow("Zet deze tekst in het veld")
    writes.holds("Wat is er gezegd?", "De bus komt niet meer.")
