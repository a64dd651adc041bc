"""Year plan, date polls, templates, copies and parts."""

from tests.access.table import COUNCIL_LEADERS, Row


def council(world) -> list:
    return [world.council.slug]


ROWS = {
    "meetings:year_plan": Row(council, get=COUNCIL_LEADERS, post=COUNCIL_LEADERS),
}
