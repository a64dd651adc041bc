"""What happened, in order, as days from today. Seventeen advices, in every state that an advice can be in."""

from advice.demo import advices, deciding, following, linked, meetings, opinions, requests
from advice.demo.world import World, read


def tell(world: World) -> None:
    """The past."""
    following.sign_answers(world)
    waterveen(world)
    veenrand(world)
    heuvelrode(world)
    youth(world)
    following.follow(world)


def waterveen(world: World) -> None:
    people, saskia = world.people, world.people["saskia"]
    advices.bring_along(world, "beschermd-wonen", by="saskia")

    # Answered, with every verdict; one promise kept, one open.
    asked = requests.take_on(world, requests.ask(world, "wmo-vervoer", on=-230), on=-227, by=saskia)
    advice = advices.write(world, "wmo-vervoer", council="asw", by="henk", on=-212, request=asked)
    advices.decide(world, advice, by="saskia", on=-196, present=9, in_favour=9)
    letter = advices.send(world, advice, on=-190, by="saskia", published=-180, key="wmo-vervoer")
    advices.answer(world, "wmo-vervoer", letter, "waterveen", decided=-150, on=-146, by="victor")

    # Unsolicited, and the answer is late.
    advice = advices.write(world, "mantelzorg", council="asw", by="fatma", on=-126, authorities=["waterveen"])
    advices.decide(world, advice, by="saskia", on=-112, present=8, in_favour=7, abstained=1)
    advices.send(world, advice, on=-108, by="saskia", published=-100, key="mantelzorg")

    # Sent, and withdrawn when it was no longer needed.
    linked.withdraw(world)

    # Asked at short notice; waits for its answer.
    asked = requests.take_on(world, requests.ask(world, "eigen-bijdrage", on=-40), on=-38, by=saskia)
    advice = advices.write(world, "eigen-bijdrage", council="asw", by="anneke", on=-28, request=asked)
    advices.decide(world, advice, by="saskia", item="asw-past/eigen-bijdrage", present=8, in_favour=8)
    advices.send(world, advice, on=-9, by="saskia", published=-6, key="eigen-bijdrage")

    # Adopted at the same meeting, not sent yet.
    asked = requests.take_on(world, requests.ask(world, "kindpakket", on=-38), on=-36, by=saskia)
    advice = advices.write(world, "kindpakket", council="asw", by="serife", on=-27, request=asked)
    advices.decide(world, advice, by="saskia", item="asw-past/kindpakket", present=8, in_favour=7, against=1)

    # Being written, with a question asked back, for the next meeting.
    asked = requests.take_on(world, requests.ask(world, "toegankelijk-gemeentehuis", on=-22), on=-20, by=saskia)
    question = requests.ask_back(
        world, asked, on=-19, by=saskia,
        question="Wij kregen de tekening van de hal. Komt er ook een plan voor geluid en licht?",
    )  # fmt: skip
    requests.reply(
        world, question, on=-13, by=people["victor"],
        answer="Ja. De architect maakt een plan voor licht. Voor geluid is er nog niets."
        " U mag daar een voorstel voor doen.",
    )  # fmt: skip
    requests.on_agenda(world, asked, "asw-next/toegankelijk-gemeentehuis", by=saskia)
    advice = advices.write(world, "toegankelijk-gemeentehuis", council="asw", by="lukasz", on=-12, request=asked)
    opinions.ask_members(world, advice, on=-8, until=6)

    asked = requests.ask(world, "straatnamen", on=-8)
    requests.refuse(
        world, asked, on=-4, by=saskia,
        reason="Straatnamen vallen niet onder het sociaal domein. Wij adviseren u de wijkvereniging te vragen.",
    )  # fmt: skip
    requests.draft(world, "huishoudelijke-hulp")

    linked.write_together(world)

    # Being voted on in writing.
    advice = advices.write(world, "langer-groen", council="asw", by="kees", on=-14, authorities=["waterveen"])
    deciding.put_to_vote(world, advice, on=-3)
    deciding.keep_words(world)


def veenrand(world: World) -> None:
    """The joint authority does not take part: the secretary does it alone, on paper."""
    janwillem = world.people["janwillem"]
    asked = requests.take_on(world, requests.register(world, on=-160), on=-158, by=janwillem)
    advice = advices.write(world, "energietoeslag", council="cwiv", by="brigitte", on=-140, request=asked)
    advices.decide(world, advice, by="janwillem", on=-125, present=6, in_favour=6)
    letter = advices.send(world, advice, on=-122, by="janwillem")
    advices.register(
        world, "energietoeslag", letter, "veenrand", on=-80, by="janwillem", original="antwoord-energietoeslag.txt"
    )
    advices.write(world, "participatiebanen", council="cwiv", by="malgorzata", on=-9, authorities=["veenrand"])


def heuvelrode(world: World) -> None:
    people, hilde = world.people, world.people["hilde"]
    minority = read("advices/schuldhulp.json")["minority"]
    asked = requests.take_on(world, requests.ask(world, "schuldhulp", on=-210), on=-206, by=hilde)
    advice = advices.write(world, "schuldhulp", council="prh", by="gulsum", on=-188, request=asked)
    advices.decide(world, advice, by="hilde", on=-184, present=7, in_favour=6, against=1, minority=minority)
    letter = advices.send(world, advice, on=-180, by="hilde", published=-171, key="schuldhulp")
    advices.answer(world, "schuldhulp", letter, "heuvelrode", decided=-146, on=-143, by="bart")

    # More time was needed; adopted at the last meeting.
    asked = requests.take_on(world, requests.ask(world, "taalcursus", on=-50), on=-46, by=hilde)
    requests.take_longer(
        world, asked, on=-43, by=hilde, reason="Wij willen eerst een panel houden met mensen die inburgeren."
    )
    advice = advices.write(world, "taalcursus", council="prh", by="zbigniew", on=-25, request=asked)
    advices.decide(world, advice, by="hilde", item="prh-past/taalcursus", present=6, in_favour=6)

    asked = requests.ask(world, "loket", on=-35)
    requests.take_back(
        world, asked, on=-28, by=people["bart"],
        reason="Het college wil eerst tellen hoeveel mensen er ’s avonds komen. Daarna vragen wij u opnieuw.",
    )  # fmt: skip

    # Decided by the board alone; waits for its ratification.
    advice = advices.write(world, "kapotte-lift", council="prh", by="ans", on=-6, authorities=["heuvelrode"])
    deciding.by_mandate(world, advice)


def youth(world: World) -> None:
    """One letter to two municipalities: one answered, the other is late."""
    advice = advices.write(
        world, "wachttijden-jeugdhulp", council="jwh", by="noor", on=-148, authorities=["waterveen", "heuvelrode"]
    )
    advices.decide(world, advice, by="saskia", on=-130, present=4, in_favour=4)
    letter = advices.send(world, advice, on=-126, by="saskia", published=-120, key="jeugdhulp")
    advices.answer(world, "wachttijden-jeugdhulp", letter, "waterveen", decided=-90, on=-86, by="victor")


def tell_today(world: World) -> None:
    """What happens on the day of the build; the mails of this really go out."""
    meetings.invite(world, "asw-next")
    by_council = {part.council_id: part for part in requests.ask_today(world, "jeugdhulp")}
    requests.accept(by_council[world.councils["jwh"].pk], by=world.people["saskia"])
    advice = advices.write(
        world, "begrijpelijke-brieven", council="cwiv", by="ibrahim", on=-6, authorities=["veenrand"]
    )
    advices.decide(world, advice, by="janwillem", on=-2, present=6, in_favour=6)
    advices.send(world, advice, on=-1, by="janwillem")  # on paper: it waits in the print run
