"""Two municipalities, a joint authority that does not take part, and four councils with their rule books."""

from typing import Any

from advice.demo.world import World, read
from consultations.actions import add_topic
from councils.actions.councils import change_council, create_authority
from councils.actions.rulebooks import load_instrument
from councils.models import Council
from councils.states import AuthorityKind

AUTHORITIES: dict[str, dict[str, Any]] = {
    "waterveen": {
        "name": "Gemeente Waterveen", "kind": AuthorityKind.MUNICIPALITY, "theme": "waterveen",
        "addressee": "College van burgemeester en wethouders van Waterveen", "salutation": "Geacht college,",
        "office_email": "bestuur@gemeente-waterveen.test",
        "office_address": "Postbus 10\n0000 AA Waterveen (voorbeeld)",
    },
    "heuvelrode": {
        "name": "Gemeente Heuvelrode", "kind": AuthorityKind.MUNICIPALITY, "theme": "heuvelrode",
        "addressee": "College van burgemeester en wethouders van Heuvelrode", "salutation": "Geacht college,",
        "office_email": "college@gemeente-heuvelrode.test",
        "office_address": "Postbus 20\n0000 CA Heuvelrode (voorbeeld)",
    },
    "veenrand": {
        "name": "Werk en Inkomen Veenrand", "kind": AuthorityKind.JOINT_AUTHORITY, "theme": "dijkland",
        "addressee": "Dagelijks bestuur", "salutation": "Geacht bestuur,",
        "office_address": "Postbus 30\n0000 BA Veenrand (voorbeeld)",
    },
}  # fmt: skip
COUNCILS: dict[str, dict[str, Any]] = {
    "asw": {
        "name": "Adviesraad Sociaal Domein Waterveen", "email": "adviesraad@waterveen.test", "phone": "085 - 000 00 01",
        "post_address": "Postbus 11\n0000 AA Waterveen (voorbeeld)", "place": "Waterveen",
        "number_pattern": "ASW {year}-{serial:02}",
        "about": "Wij geven de gemeente Waterveen advies over zorg, werk, inkomen en jeugd. Wij doen dat met wat"
        " inwoners ons vertellen. Deze adviesraad is verzonnen, als voorbeeld.",
        "instruments": ["waterveen-verordening", "waterveen-reglement"],
    },
    "cwiv": {
        "name": "Cliëntenraad Werk en Inkomen Veenrand", "email": "clientenraad@veenrand.test",
        "phone": "085 - 000 00 02", "post_address": "Postbus 31\n0000 BA Veenrand (voorbeeld)", "place": "Veenrand",
        "number_pattern": "CWIV {yy}.{serial:03}",
        "about": "Wij zijn klanten en oud-klanten van Werk en Inkomen Veenrand. Wij geven advies over werk, uitkering"
        " en inkomen. Deze cliëntenraad is verzonnen, als voorbeeld.",
        "instruments": ["veenrand-regeling", "veenrand-werkafspraken"],
    },
    "prh": {
        "name": "Participatieraad Heuvelrode", "email": "participatieraad@heuvelrode.test", "phone": "085 - 000 00 03",
        "post_address": "Postbus 21\n0000 CA Heuvelrode (voorbeeld)", "place": "Heuvelrode",
        "number_pattern": "PRH/{year}/{serial:03}",
        "about": "Wij praten mee over meedoen in Heuvelrode. Iedereen is welkom op onze vergaderingen. Deze"
        " participatieraad is verzonnen, als voorbeeld.",
        "instruments": ["heuvelrode-verordening", "heuvelrode-reglement"],
    },
    "jwh": {
        "name": "Jongerenraad Waterveen en Heuvelrode", "email": "jongerenraad@jongeren.test",
        "phone": "085 - 000 00 04", "post_address": "Postbus 11\n0000 AA Waterveen (voorbeeld)", "place": "Waterveen",
        "number_pattern": "JR {year}-{serial}",
        "about": "Wij zijn jong en geven twee gemeenten advies over jeugdhulp, school en vrije tijd. Deze jongerenraad"
        " is verzonnen, als voorbeeld.",
        "instruments": ["jongeren-regeling", "jongeren-werkwijze"],
    },
}  # fmt: skip
# Who keeps the topics: the contact officer, or the secretary where the authority does not take part.
TOPIC_KEEPERS = {"waterveen": "victor", "heuvelrode": "bart", "veenrand": "janwillem"}


def build(world: World) -> None:
    ada = world.people["ada"]
    for key, facts in AUTHORITIES.items():
        world.authorities[key] = create_authority(by=ada, **facts)
    for key, described in COUNCILS.items():
        facts = dict(described)
        for name in facts.pop("instruments"):
            load_instrument(read(f"instruments/{name}.json"), by=ada)
        council = Council.objects.get(name=facts.pop("name"))
        world.councils[key] = change_council(council, by=ada, **facts)


def add_topics(world: World) -> None:
    for key, topics in read("topics.json").items():
        keeper = world.people[TOPIC_KEEPERS[key]]
        contact = keeper if key != "veenrand" else None
        for topic in topics:
            world.topics[f"{key}/{topic['name']}"] = add_topic(
                world.authorities[key], by=keeper, contact=contact, **topic
            )
