from councils.models import Membership
from portal.documents import keep
from tests.access.table import OK, ROOM_SECRETARY, SET_UP, Row
from tests.pictures import upload

# The signature of the chair: the chair's own and the secretary's to put in, nobody else's.
SIGNER = {**ROOM_SECRETARY, "chair": OK}


def council(world) -> list:
    return [world.council.slug]


def chair(world) -> list:
    seats = Membership.objects.filter(council=world.council)
    seat = seats.filter(role="chair").first() or seats.earliest("pk")  # not every world has a chair
    seat.signature = keep(upload().read(), "handtekening.png", "image/png", by=None, council_id=world.council.pk)
    seat.save()
    return [world.council.slug, seat.public_id]


ROWS: dict[str, Row] = {
    "councils:logo": Row(council, get=SET_UP, post=SET_UP, data=lambda w: {"picture": upload()}),
    "councils:logo_file": Row(council, get=SET_UP),
    "councils:logo_remove": Row(council, post=SET_UP),
    "councils:signature": Row(chair, get=SIGNER, post=SIGNER, data=lambda w: {"picture": upload()}),
    "councils:signature_file": Row(chair, get=SIGNER),
    "councils:signature_remove": Row(chair, post=SIGNER),
}
