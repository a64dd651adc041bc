from tests.access.table import COUNCIL_SECRETARY, GONE, PUBLIC, SIGNED_IN, Row


def council(world) -> list:
    return [world.council.slug]


ROWS = {
    "meetings:own_feed": Row(get=SIGNED_IN, post=SIGNED_IN, data=lambda world: {"do": "revoke"}),
    "meetings:feed": Row(lambda world: ["geen-geheim"], get=GONE),
    "meetings:public_feed": Row(council, get=PUBLIC),
    "meetings:inbound": Row(council, get=COUNCIL_SECRETARY),
    "meetings:settle_inbound": Row(lambda world: [world.council.slug, world.inbound_mail.pk], post=COUNCIL_SECRETARY),
}
