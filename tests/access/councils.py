from tests.access.table import (
    ADMINISTRATION,
    AUTHORITY_DESK,
    COUNCIL_ROOM,
    COUNCIL_SECRETARY,
    DESK,
    GONE,
    PUBLIC,
    ROOM,
    SET_UP,
    SIGNED_IN,
    Row,
)

PEOPLE_OF_COUNCIL = {**ROOM, "administrator": "let in"}
OFFICERS = {**DESK, "administrator": "let in"}


def council(world) -> list:
    return [world.council.slug]


def member(world) -> list:
    return [world.council.slug, world.newcomer_membership.public_id]


def authority(world) -> list:
    return [world.authority.slug]


def officer(world) -> list:
    return [world.authority.slug, world.appointment.public_id]


def message(world) -> list:
    return [world.council.slug, world.message.public_id]


def served(world) -> list:
    return [world.council.slug, world.council.served_bodies.get().pk]


def group(world) -> list:
    return [world.council.slug, world.council.client_groups.create(name="Mantelzorgers").pk]


def administrator(world) -> list:
    from councils.models import Appointment

    return [Appointment.objects.get(role="administrator").public_id]


ROWS = {
    "councils:room": Row(council, get=COUNCIL_ROOM),
    "councils:rulebook": Row(council, get=COUNCIL_ROOM),
    "councils:people": Row(council, get=PEOPLE_OF_COUNCIL),
    "councils:member_add": Row(council, get=SET_UP, post=SET_UP),
    "councils:member_list_add": Row(council, get=SET_UP, post=SET_UP),
    "councils:member": Row(member, get=SET_UP, post=SET_UP),
    "councils:member_end": Row(member, get=SET_UP, post=SET_UP),
    "councils:member_invite": Row(member, post=SET_UP),
    "councils:post_room": Row(council, get=COUNCIL_SECRETARY),
    "councils:post_together": Row(council, post=COUNCIL_SECRETARY),
    "councils:post_message": Row(message, get=COUNCIL_SECRETARY),
    "councils:post_act": Row(message, post=COUNCIL_SECRETARY),
    "councils:post_words": Row(message, post=COUNCIL_SECRETARY),
    "councils:post_mail": Row(message, get=COUNCIL_SECRETARY),
    "councils:setup": Row(council, get=SET_UP),
    "councils:council_details": Row(council, get=SET_UP, post=SET_UP),
    "councils:served_add": Row(council, get=SET_UP, post=SET_UP),
    "councils:served_period": Row(served, get=SET_UP, post=SET_UP),
    "councils:groups": Row(council, get=SET_UP, post=SET_UP),
    "councils:group_remove": Row(group, post=SET_UP),
    "councils:rules_add": Row(council, get=SET_UP, post=SET_UP),
    "councils:rules": Row(lambda world: [world.council.slug, world.instrument.pk], get=SET_UP, post=SET_UP),
    "councils:desk": Row(authority, get=AUTHORITY_DESK),
    "councils:appointments": Row(authority, get=OFFICERS),
    "councils:appointment_add": Row(authority, get=OFFICERS, post=OFFICERS),
    "councils:appointment_end": Row(officer, get=OFFICERS, post=OFFICERS),
    "councils:appointment_invite": Row(officer, post=OFFICERS),
    "councils:authority_details": Row(authority, get=OFFICERS, post=OFFICERS),
    "councils:administration": Row(get=ADMINISTRATION),
    "councils:authority_add": Row(get=ADMINISTRATION, post=ADMINISTRATION),
    "councils:council_add": Row(get=ADMINISTRATION, post=ADMINISTRATION),
    "councils:administrator_add": Row(get=ADMINISTRATION, post=ADMINISTRATION),
    "councils:administrator_end": Row(administrator, get=ADMINISTRATION, post=ADMINISTRATION),
    "councils:person_email": Row(lambda world: [world.member.public_id], get=ADMINISTRATION, post=ADMINISTRATION),
    # Somebody has an account in this world, so the first start is over.
    "councils:first_start": Row(get=GONE, post=GONE),
    "councils:first_authority": Row(get=ADMINISTRATION, post=ADMINISTRATION),
    "councils:first_council": Row(get=ADMINISTRATION, post=ADMINISTRATION),
    "councils:profile": Row(get=SIGNED_IN, post=SIGNED_IN),
    "councils:public_rulebook": Row(council, get=PUBLIC),
}
