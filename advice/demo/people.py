"""About forty people: members with and without e-mail, former members, civil servants, and an administrator."""

from datetime import date, timedelta
from typing import Any

from advice.demo.world import World
from councils.actions.appointments import add_appointment
from councils.actions.first_start import appoint_administrator as first_administrator
from councils.actions.members import add_member
from councils.models import Council
from councils.states import AuthorityRole, CouncilRole, SecretaryKind
from portal.actions.invitations import accept, invite
from portal.models import Invitation, Person, User

CHAIR, DEPUTY, TREASURER = CouncilRole.CHAIR, CouncilRole.DEPUTY_CHAIR, CouncilRole.TREASURER
SECRETARY, MINUTES, MEMBER = CouncilRole.SECRETARY, CouncilRole.MINUTE_TAKER, CouncilRole.MEMBER

# council: key, name, role, months since the first day, speaks for. Without a place: by e-mail.
MEMBERS: dict[str, list[tuple[str, str, str, int, str]]] = {
    "asw": [
        ("marijke", "Marijke van der Velden", CHAIR, 40, ""),
        ("henk", "Henk Doornbos", DEPUTY, 38, "ouderen"),
        ("saskia", "Saskia Brandsma", SECRETARY, 52, ""),
        ("fatma", "Fatma Yıldız", MEMBER, 26, "mantelzorgers"),
        ("riet", "Riet Hoekstra-Bol", MEMBER, 44, "ouderen"),
        ("sjukje", "Sjûkje Hânstra", MEMBER, 30, "mantelzorgers"),
        ("lukasz", "Łukasz Wójcik", MEMBER, 14, "mensen met een beperking"),
        ("serife", "Şerife Demir", MEMBER, 20, "mensen met een laag inkomen"),
        ("kees", "Kees Blokland", MEMBER, 45, "mensen met een beperking"),
        ("anneke", "Anneke Tuinstra", TREASURER, 32, "ouderen"),
        ("roshni", "Roshni Ramdin", MEMBER, 16, "ouders en jeugd"),
        ("abdelhakim", "Abdelhakim El Idrissi", MEMBER, 22, "mensen met een laag inkomen"),
        ("willem", "Willem Postuma", MINUTES, 28, ""),
    ],
    "cwiv": [
        ("brigitte", "Brigitte Oosterling", CHAIR, 36, ""),
        ("janwillem", "Jan-Willem Terpsma", SECRETARY, 30, "mensen met een arbeidsbeperking"),
        ("malgorzata", "Małgorzata Nowak", MEMBER, 18, "mensen met bijstand"),
        ("ibrahim", "İbrahim Çelik", MEMBER, 24, "mensen met bijstand"),
        ("truus", "Truus Verhaegen", MEMBER, 42, "mensen met een arbeidsbeperking"),
        ("dewi", "Dewi Sastrowijoto", MEMBER, 15, "mensen met bijstand"),
        ("samira", "Samira Benallal", MEMBER, 27, "mensen met bijstand"),
        ("ruben", "Ruben Kalkman", MEMBER, 2, "mensen met een arbeidsbeperking"),
    ],
    "prh": [
        ("pieter", "Pieter Zandstra", CHAIR, 30, ""),
        ("hilde", "Hilde Brouwers", SECRETARY, 34, ""),
        ("joke", "Joke Wesselink", DEPUTY, 26, "ouderen"),
        ("gulsum", "Gülsüm Aktaş", MEMBER, 21, "mensen met schulden"),
        ("zbigniew", "Zbigniew Zając", MEMBER, 19, "nieuwkomers"),
        ("nynke", "Nynke Sûdema", MEMBER, 33, "ouderen"),
        ("ans", "Ans Kortekaas", MEMBER, 28, "mensen met een beperking"),
        ("mohamed", "Mohamed Amrani", MEMBER, 17, "nieuwkomers"),
        ("stijn", "Stijn Lammertsma", MEMBER, 23, "mensen met een beperking"),
    ],
    "jwh": [
        ("noor", "Noor van Beekum", CHAIR, 18, ""),
        ("saskia", "Saskia Brandsma", SECRETARY, 20, ""),
        ("emre", "Emre Kılıç", MEMBER, 16, "jongeren in Waterveen"),
        ("zuzanna", "Zuzanna Pawłowska", MEMBER, 14, "jongeren in Heuvelrode"),
        ("sil", "Sil Jorritsma", MEMBER, 12, "jongeren in Heuvelrode"),
        ("jayden", "Jayden Pinas", MEMBER, 1, "jongeren in Waterveen"),
    ],
}
# key, name, council, months since the first and since the last day
FORMER = [
    ("gerda", "Gerda Vischer", "asw", 62, 14),
    ("dick", "Dick van Laren", "asw", 60, 3),
    ("ton", "Ton Schildkamp", "cwiv", 58, 10),
    ("bep", "Bep Rozeboom", "prh", 70, 22),
]
WITHOUT_EMAIL = {
    "riet": "Vlierstraat 8\n0000 AC Waterveen (voorbeeld)",
    "kees": "Kadeweg 21\n0000 AD Waterveen (voorbeeld)",
    "dick": "Oude Singel 3\n0000 AC Waterveen (voorbeeld)",
    "truus": "Turfstraat 14\n0000 BC Veenrand (voorbeeld)",
    "ans": "Hoge Pad 2\n0000 CB Heuvelrode (voorbeeld)",
}
# key, name, authority, role, months
OFFICERS = [
    ("victor", "Victor Kuipers", "waterveen", AuthorityRole.CONTACT_OFFICER, 30),
    ("meryem", "Meryem Öztürk", "waterveen", AuthorityRole.POLICY_OFFICER, 18),
    ("lotte", "Lotte Hagenaars", "waterveen", AuthorityRole.ALDERMAN, 26),
    ("monique", "Monique Staalman", "waterveen", AuthorityRole.SECRETARIAT, 40),
    ("arend", "Arend Bolhuijs", "waterveen", AuthorityRole.CLERK, 50),
    ("bart", "Bart Nijenhuys", "heuvelrode", AuthorityRole.CONTACT_OFFICER, 24),
    ("tessa", "Tessa Goudsmid", "heuvelrode", AuthorityRole.POLICY_OFFICER, 15),
    ("frans", "Frans Meulmans", "heuvelrode", AuthorityRole.CLERK, 44),
]
DOMAINS = {
    "asw": "waterveen", "cwiv": "veenrand", "prh": "heuvelrode", "jwh": "jongeren", "waterveen": "gemeente-waterveen",
    "heuvelrode": "gemeente-heuvelrode",
}  # fmt: skip
PHONES = {"saskia": "085 - 000 00 01", "janwillem": "085 - 000 00 02", "hilde": "085 - 000 00 03"}
SECRETARIES = {
    "saskia": SecretaryKind.PAID_INDEPENDENT, "janwillem": SecretaryKind.MEMBER, "hilde": SecretaryKind.OFFICIAL,
}  # fmt: skip
WITHOUT_VOTE = {"marijke", "saskia", "hilde", "willem"}
UNNAMED = {"serife", "malgorzata", "samira", "gulsum", "jayden"}  # did not agree to be named on the public page
TERM_MONTHS = {"asw": 48, "cwiv": 48, "prh": 36, "jwh": 24}
# Invited, and not yet accepted: days since.
INVITED = {"ruben": 20, "jayden": 3}
EXPIRED = {"ruben"}

# Who can be tried, with a role in the words of the newcomer. The password follows from the first name.
ACCOUNTS = [
    ("fatma", "lid", "asw"),
    ("marijke", "voorzitter", "asw"),
    ("saskia", "secretaris van twee adviesraden", "asw"),
    ("hilde", "ambtelijk secretaris", "prh"),
    ("stijn", "lid van een andere adviesraad", "prh"),
    ("victor", "contactambtenaar", "waterveen"),
    ("monique", "bestuurssecretariaat", "waterveen"),
    ("lotte", "wethouder", "waterveen"),
    ("bart", "contactambtenaar van een andere gemeente", "heuvelrode"),
    ("ada", "beheerder", ""),
]


def email_of(key: str, place: str) -> str:
    return "" if key in WITHOUT_EMAIL else f"{key}@{DOMAINS[place]}.test"


def password_of(key: str) -> str:
    return f"voorbeeld-{key}-2026"


def months_ago(world: World, months: int) -> date:
    """The first day of that month."""
    index = world.today.year * 12 + world.today.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def appoint_administrator(world: World) -> None:
    user = first_administrator("Ada Terwissen", "ada@raadportaal.test")
    world.people["ada"] = user.person


def build(world: World) -> None:
    ada = world.people["ada"]
    for council_key, members in MEMBERS.items():
        for member in members:
            join(world, council_key, *member)
    for key, name, council_key, first, last in FORMER:
        council = world.councils[council_key]
        membership = add_member(
            council, by=ada, name=name, starts_on=months_ago(world, first), email=email_of(key, council_key),
            post_address=WITHOUT_EMAIL.get(key, ""), send_invitation=False,
            ends_on=months_ago(world, last) - timedelta(days=1),
        )  # fmt: skip
        world.people[key] = membership.person
    for key, name, authority_key, role, months in OFFICERS:
        authority = world.authorities[authority_key]
        appointment = add_appointment(
            authority, by=None, name=name, email=email_of(key, authority_key), role=role,
            starts_on=months_ago(world, months), phone="085 - 000 00 05",
        )  # fmt: skip
        world.people[key] = appointment.person
    give_accounts(world)


def join(world: World, council_key: str, key: str, name: str, role: str, months: int, group: str) -> None:
    council, starts_on = world.councils[council_key], months_ago(world, months)
    facts: dict[str, Any] = {"role": role, "votes": key not in WITHOUT_VOTE, "named_in_public": key not in UNNAMED}
    if role == SECRETARY:
        facts["secretary_kind"] = SECRETARIES[key]
    elif role != MINUTES:
        facts["ends_on"] = months_ago(world, months - TERM_MONTHS[council_key]) - timedelta(days=1)
    if group:
        facts["client_group"] = council.client_groups.get_or_create(name=group)[0]
    membership = add_member(
        council, by=world.people["ada"], name=name, starts_on=starts_on,
        email=world.people[key].email if key in world.people else email_of(key, council_key),
        phone=PHONES.get(key, ""), post_address=WITHOUT_EMAIL.get(key, ""), send_invitation=False, **facts,
    )  # fmt: skip
    world.people[key] = membership.person


# --- accounts ---------------------------------------------------------------


def give_accounts(world: World) -> None:
    for key, person in world.people.items():
        if person.email and key != "ada":
            invite_in_the_past(world, key, person)
    for key, _role, _place in ACCOUNTS:
        user = User.objects.get(person=world.people[key])
        user.set_password(password_of(key))
        user.save(update_fields=["password"])


def invite_in_the_past(world: World, key: str, person: Person) -> None:
    membership = person.memberships.order_by("starts_on").first()
    appointment = person.appointments.first()
    council: Council | None = membership.council if membership else None
    invitation = invite(
        person, by=inviter(world, council, person), council_id=council.pk if council else None,
        authority_id=appointment.authority_id if appointment else None,
    )  # fmt: skip
    if invitation is None:
        return  # she has an account
    if key not in INVITED:
        accept(invitation)
    # The verbs know only this moment. An accepted invitation is as old as the role; an open one some days.
    started = membership or appointment
    days = INVITED.get(key) or (world.today - started.starts_on).days  # type: ignore[union-attr]
    sent = world.moment(-days)
    dates = {"invited_at": sent, "expires_at": sent + timedelta(days=invitation.days)}
    if key not in INVITED:
        dates["accepted_at"] = sent + timedelta(days=2)
        User.objects.filter(person=person).update(date_joined=sent + timedelta(days=2))
    Invitation.objects.filter(pk=invitation.pk).update(**dates)


def inviter(world: World, council: Council | None, person: Person) -> Person:
    secretaries = {"asw": "saskia", "cwiv": "janwillem", "prh": "hilde", "jwh": "saskia"}
    for key, secretary in secretaries.items():
        if council == world.councils[key] and world.people[secretary] != person:
            return world.people[secretary]
    return world.people["ada"]
