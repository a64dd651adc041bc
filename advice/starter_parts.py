"""The parts that the portal offers for each kind of letter, with what should stand in each. Dutch, as a letter is.

A council's own template (TextTemplate) goes before these.
"""

from advice.states import AdviceKind, DocumentKind

Parts = list[tuple[str, str]]

REASON = ("Aanleiding", "Waarom schrijven wij deze brief? Noem de vraag of wat wij hoorden, met de datum.")
MADE_BY = ("Hoe dit advies tot stand kwam", "Met wie hebben wij gesproken? Welke stukken hebben wij gelezen?")
JUDGEMENT = ("Ons oordeel", "Wat vinden wij van het plan als geheel? Waarom?")

ON_REQUEST: Parts = [
    REASON,
    MADE_BY,
    ("Wat wij goed vinden", "Wat moet zo blijven? Noem het stuk en de bladzijde."),
    JUDGEMENT,
]
PARTS: dict[str, Parts] = {
    DocumentKind.ADVICE: [REASON, MADE_BY, JUDGEMENT],
    DocumentKind.SUPPLEMENT: [
        ("Ons eerdere advies", "Noem het kenmerk en de datum van het advies dat u aanvult."),
        ("Wat er nieuw is", "Wat hoorden of lazen wij sindsdien?"),
        ("Wat wij toevoegen", "Wat verandert er aan ons advies? Wat blijft hetzelfde?"),
    ],
    DocumentKind.QUESTIONS: [
        REASON,
        ("Wat wij al weten", "Noem kort wat in de stukken staat. Dan gaat het antwoord over de rest."),
        ("Waarom wij dit vragen", "Wat hebben wij nodig om te adviseren? De vragen zelf staan bij de gegevens."),
    ],
    DocumentKind.SIGNAL_LETTER: [
        ("Wat wij horen", "Wat vertellen inwoners? Schrijf geen namen op."),
        ("Hoe vaak en van wie", "Hoeveel mensen, uit welke groep, in welke maanden?"),
        ("Wat dit betekent", "Wat gaat er mis als er niets gebeurt?"),
    ],
    DocumentKind.URGENT_LETTER: [
        ("Waarom het haast heeft", "Wat gebeurt er, en op welke dag?"),
        ("Wat er nu moet gebeuren", "Wie moet vandaag of deze week wat doen?"),
    ],
    DocumentKind.COUNTER_RESPONSE: [
        ("Uw reactie", "Noem de datum en het kenmerk van de reactie van het college."),
        ("Waar wij het mee eens zijn", "Wat neemt het college over? Bedank daarvoor."),
        ("Waar wij bij ons advies blijven", "Noem de aanbeveling, hun reden, en waarom die ons niet overtuigt."),
    ],
    DocumentKind.DISCUSSION_PAPER: [
        ("Waar het gesprek over gaat", "Schrijf in 2 zinnen wat u wilt bespreken."),
        ("Wat wij zien en horen", "Wat is er aan de hand?"),
        ("Wat wij willen bespreken", "Welke keuzes zijn er? Wat hopen wij na het gesprek te weten?"),
    ],
}  # fmt: skip


def starter_parts(document: str, kind: str) -> list[dict[str, str]]:
    parts = ON_REQUEST if document == DocumentKind.ADVICE and kind == AdviceKind.SOLICITED else PARTS[document]
    return [{"heading": heading, "hint": hint} for heading, hint in parts]
