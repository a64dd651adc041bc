from portal.choices import token_for
from portal.invitation_links import path_of
from portal.topics import WRITING
from tests.access.table import GONE, PUBLIC, SIGNED_IN, Row

ROWS = {
    "portal:healthz": Row(get=PUBLIC),
    "portal:home": Row(get=SIGNED_IN),
    "portal:invitation": Row(lambda world: [path_of(world.invitation).split("/")[2]], get=PUBLIC, post=PUBLIC),
    "portal:my_post": Row(get=SIGNED_IN, post=SIGNED_IN),
    "portal:my_messages": Row(get=SIGNED_IN),
    "portal:change_choice": Row(lambda world: [token_for(world.member, WRITING)], get=PUBLIC, post=PUBLIC),
    "portal:unsent": Row(get=SIGNED_IN, post=SIGNED_IN),
    "portal:accessibility": Row(get=PUBLIC),
    "portal:privacy": Row(get=PUBLIC),
    "portal:security": Row(get=PUBLIC),
    # The style guide and the caught mail of the example installation do not exist elsewhere.
    "portal:styleguide": Row(get=GONE),
    "mailcatcher:list": Row(get=GONE),
    "mailcatcher:message": Row(lambda world: ["1"], get=GONE),
    "mailcatcher:part": Row(lambda world: ["1", 0], get=GONE),
}
