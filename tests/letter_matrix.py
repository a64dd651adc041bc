"""Every kind of letter that there is, small and large: what the printing tests print and the judge judges."""

import hashlib
from typing import Any

from tests.pictures import drawn
from tests.printing import LOGO, letter_data

KINDS = [
    "advice", "supplement", "questions", "signal_letter", "urgent_letter", "counter_response", "discussion_paper",
]  # fmt: skip
RELATIONS = ["supplement", "correction", "withdrawal", "counter_response"]
SIGNATURES = [drawn(mode="RGB", ground=(255, 255, 255)), drawn((200, 90), mode="RGB", ground=(255, 255, 255))]
LOGOS = [drawn((size, 200), mode="RGB", ground=(255, 255, 255), ink=(90, 20, 60)) for size in (200, 320)]
FILE = b"%PDF-1.7 rittenlijst"
FILES = {hashlib.sha256(FILE).hexdigest(): FILE}
LONG_WORD = (
    "Meervoudigegezinsproblematiekondersteuningsvoorzieningenaanvraagformulierenbehandelingsprocedurebeschrijving"
)
LONG_LINK = "https://www.waterveen.example/beleid/maatschappelijke-ondersteuning/2027/nadere-regels/" + "bijlage" * 20
ACCENTS = "Łukasik, Şahin, Özdemir, Yılmaz, Nuñez, Çelik, Dvořák, Ångström, Zoë, coördinatie, één, ’s-Hertogenbosch"


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def name(content: bytes) -> str:
    return f"{sha(content)}.png"


IMAGES = {"adviesraad.svg": LOGO, **{name(one): one for one in [*SIGNATURES, *LOGOS]}}


def forty() -> list[dict[str, Any]]:
    sentence = "Wie minder krijgt dan vorig jaar, hoort dat op tijd en in gewone taal. "
    return [
        {"text": f"Aanbeveling nummer {i}.", "reason": (sentence * (i % 6)).strip(), "refers_to": "artikel 3" * (i % 2)}
        for i in range(1, 41)
    ]


def stress(lines: int = 0) -> dict[str, Any]:
    """About thirty pages: forty recommendations, words and links without end, accents, everything that a letter has."""
    sentence = f"Wij hebben gesproken met mensen als {ACCENTS}. "
    section = (
        f"<h3>Wat wij horen</h3><p>{sentence * 4}</p><h4>{LONG_WORD}</h4>"
        f"<p>Kijk op <a href='{LONG_LINK}'>de regels</a>.</p><ul><li>{LONG_WORD}</li><li>{sentence}</li></ul>"
        f"<ol><li><p>{sentence}</p></li><li>{LONG_LINK}</li></ol>"
        f"<blockquote><p>“{sentence * 2}”</p></blockquote><p>{'x' * 300}</p>"
    )
    letter = letter_data("long", subject=f"Advies over {LONG_WORD}, en over wat {ACCENTS} daarvan vinden")
    letter["sections"] = [
        {"heading": f"{i}. Onderdeel over {ACCENTS[: 20 * i]}", "html": section} for i in range(1, 11)
    ]
    letter["sections"][0]["html"] = "<p>Regel.</p>" * lines + letter["sections"][0]["html"]
    letter["recommendations"] = [
        {
            "text": f"Aanbeveling {i}: {sentence if i % 4 else LONG_WORD}",
            "reason": "\n\n".join([sentence * (i % 5), LONG_LINK if i % 3 else "", "- eerst\n- dan\n- later"]).strip(),
            "refers_to": f"Nadere regels, artikel {i} {LONG_WORD if i % 7 == 0 else ''}",
            "rests_on": ["keukentafel Noord, 14 april"] * (i % 3),
            "sources": [{"title": "Regels", "place": f"blz. {i}", "url": LONG_LINK}] if i % 5 == 0 else [],
        }
        for i in range(1, 41)
    ]
    letter["questions"] = [f"Vraag {i}: {sentence}" for i in range(1, 13)]
    letter["minority_views"] = [
        {"by": f"{ACCENTS[:40]} ({i})", "text": f"{sentence * 4}\n\n{LONG_WORD}"} for i in (1, 2)
    ]
    letter["attachments"] = [
        {"title": f"Verslag {i} {LONG_WORD}", "text": f"{sentence * 30}\n\n{LONG_LINK}"} for i in (1, 2)
    ]
    letter["copy_to"] = [f"Seniorenraad {ACCENTS}", LONG_WORD]
    return letter


def council(number: int, **more: Any) -> dict[str, Any]:
    return {"name": f"Adviesraad Sociaal Domein {['Waterveen', 'Kadedorp', 'Polderland'][number]}", **more}


def signing(*councils: str) -> list[dict[str, str]]:
    """A chair and a secretary for each."""
    people = [("T. van den Berg", "voorzitter"), ("S. Łukasik", "secretaris")]
    return [
        {"name": who, "role": role, **({"council": one} if one else {})} for one in councils for who, role in people
    ]


def variants() -> dict[str, dict[str, Any]]:
    short, long, joint = letter_data("short"), letter_data("long"), letter_data("joint")
    names = [one["name"] for one in joint["councils"]]
    three = [council(i, **({"logo": name(LOGOS[i % 2])} if i else {"logo": "adviesraad.svg"})) for i in range(3)]
    three[0] = {**joint["councils"][0], **three[0]}
    drawn_by = [{**one, "signature": sha(picture)} for one, picture in zip(signing(""), SIGNATURES, strict=True)]
    own_logo = [{**long["councils"][0], "logo": name(LOGOS[1])}]
    earlier = {"reference": "ASD/26/003", "date": "2026-02-03", "subject": "Advies over het vervoer"}
    other = {
        "name": "Werkbedrijf Waterland",
        "addressee": joint["authority"]["addressee"],
        "salutation": "Geacht bestuur,",
    }
    return {
        **{f"kind-{kind}": {**short, "document": kind} for kind in KINDS},
        **{f"relation-{one}": {**short, "concerns": {"relation": one, **earlier}} for one in RELATIONS},
        "long": long,
        "draft": letter_data("draft"),
        "rendering": {**long, "rendering": True},
        "joint": joint,
        "joint-each": {**joint, "signatories": [
            {"name": "T. van den Berg", "role": "voorzitter"},
            {"name": "H. Özdemir", "role": "voorzitter", "council": names[1], "adopted_on": "2026-08-25"},
        ], "adopted_on": "2026-08-27"},
        "joint-three": {**joint, "councils": three, "signatories": signing("", *[one["name"] for one in three[1:]])},
        "other-authority": {**long, "authority": other, "your_reference": "WB-12"},
        "attachments": {**long, "attachments": [
            {"title": "Wat wij hoorden", "text": "Eerst dit.\n\n- en dit\n- en dat"},
            {"title": "Rittenlijst", "file": {"name": "ritten lijst.pdf", "sha256": sha(FILE)}},
        ]},
        "signed": {**long, "councils": own_logo, "signatories": drawn_by},
        "signed-by-one": {**short, "signatories": [{**short["signatories"][0], "signature": sha(SIGNATURES[0])}]},
        "signed-half": {**long, "signatories": [drawn_by[0], signing("")[1]], "adopted_on": "2026-05-12"},
        "adopted": {**long, "signatories": signing(""), "adopted_on": "2026-05-12"},
        "adopted-by-one": {**short, "adopted_on": "2026-03-03"},
        "glossary": {**long, "glossary": [
            {"term": "normenkader", "explanation": "De regels voor hoeveel tijd iemand krijgt."},
            {"term": "mantelzorger", "explanation": "Wie zorgt voor een naaste."},
        ]},
        "minority": {**short, "minority_views": [
            {"by": "R. Bos", "text": "Ik zie het anders.\n\n- te duur\n- te laat"},
        ]},
        "editorial": {**long, "editorial": {"adopted_on": "2026-05-12"}, "mandate": "Vastgesteld met mandaat."},
        "late": {**long, "request": {
            **long["request"], "short_notice": "Gevraagde termijn: 7 dagen. Verordening: 6 weken.",
        }},
        "forty": {**long, "recommendations": forty(), "theme": "#e8b000"},
        "stress": stress(),
        "crowded": crowded(three),
    }  # fmt: skip


def crowded(councils: list[dict[str, Any]]) -> dict[str, Any]:
    """A very long title, three councils with long names, six lines of address."""
    letter = letter_data(
        "long", subject=("Gezamenlijk advies over de nadere regels en de verordening " * 3).strip()[:200]
    )
    letter["councils"] = [{**one, "name": f"{one['name']} en Omstreken"} for one in councils]
    letter["authority"]["addressee"] = [
        "Gemeente Waterveen", "College van burgemeester en wethouders", "Afdeling Maatschappelijke Ontwikkeling",
        "t.a.v. de wethouder Werk en Inkomen", "Postbus 20", "2345 AA  WATERVEEN",
    ]  # fmt: skip
    return letter


def matrix() -> dict[str, dict[str, Any]]:
    return {
        f"{what}{'-large' if large else ''}": {**letter, "large": large}
        for what, letter in variants().items()
        for large in (False, True)
    }
