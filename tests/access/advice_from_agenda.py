from tests.access.table import COUNCIL_LEADERS, Row

ROWS: dict[str, Row] = {
    "advice:start_from_topic": Row(lambda world: [world.council.slug, world.topic.public_id], post=COUNCIL_LEADERS),
}
