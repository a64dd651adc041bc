"""The shape of a letter as plain data: what is frozen, hashed and put inside the PDF, for one copy."""

from typing import NotRequired, TypedDict

from portal.pdf.letterhead import Sender, Signatory


class Text(TypedDict):
    """One of the two: `html` of the small set (p h3 h4 ul ol li strong em a blockquote), or plain `text` with blank
    lines between paragraphs and "- " before list items."""

    html: NotRequired[str]
    text: NotRequired[str]


class Section(Text):
    heading: str


class MinorityView(Text):
    by: str


class AnnexFile(TypedDict):
    name: str
    sha256: str


class Annex(Text):
    title: str
    file: NotRequired[AnnexFile]


class Recommendation(TypedDict):
    number: NotRequired[int]
    text: str
    reason: NotRequired[str]
    refers_to: NotRequired[str]
    rests_on: NotRequired[list[str]]  # what was heard
    sources: NotRequired[list[dict[str, str]]]  # title, place, url


class Concerns(TypedDict):
    """The earlier letter that this one supplements, corrects, withdraws, or whose answer it replies to."""

    relation: str  # advice.states.Relation
    reference: str
    date: NotRequired[str]
    subject: NotRequired[str]


class Authority(TypedDict):
    name: str
    addressee: list[str]  # the lines in the window, the name of the authority among them
    salutation: NotRequired[str]


class Request(TypedDict):
    date: str
    reference: NotRequired[str]
    subject: NotRequired[str]
    questions: NotRequired[list[str]]
    short_notice: NotRequired[str]  # the neutral stamp on a term that was too short; it follows the dossier
    late_note: NotRequired[str]  # what the council wants to say about the time it got; never printed unasked


class Due(TypedDict):
    date: str
    article: NotRequired[str]  # "artikel 8 lid 1 van de Verordening …"
    council: NotRequired[str]  # with its article, where several councils have different days


class LetterData(TypedDict):
    """One copy of a letter: the frozen text with the authority it goes to. All dates are ISO strings."""

    councils: list[Sender]  # the leading council first
    authority: Authority
    document: str
    subject: str
    date: NotRequired[str | None]
    reference: NotRequired[str | None]  # without one it is a draft, and the print says so
    your_reference: NotRequired[str]
    your_letter_of: NotRequired[str | None]
    place: NotRequired[str]
    language: NotRequired[str]
    tenor: NotRequired[str]
    plain_summary: NotRequired[str]
    request: NotRequired[Request | None]
    sections: list[Section]
    recommendations: NotRequired[list[Recommendation]]
    questions: NotRequired[list[str]]
    minority_views: NotRequired[list[MinorityView]]
    consulted: NotRequired[list[str]]
    signatories: NotRequired[list[Signatory]]
    copy_to: NotRequired[list[str]]
    attachments: NotRequired[list[Annex]]
    adopted_on: NotRequired[str]  # printed as "Digitaal vastgesteld op …" where a signature has no picture
    concerns: NotRequired[Concerns | None]
    editorial: NotRequired[dict[str, str]]  # adopted_on: of the text that this is the editorial version of
    mandate: NotRequired[str]  # that the board decided, where it did
    response_due: NotRequired[Due | list[Due] | None]
    glossary: NotRequired[list[dict[str, str]]]  # term and explanation: a footnote at the first use
    # about this print, not part of what is frozen and hashed:
    control_code: NotRequired[str]  # default: control_code(letter)
    short_url: NotRequired[str]  # with scheme; also in the QR code
    large: NotRequired[bool]
    theme: NotRequired[str]  # "#rrggbb"
    rendering: NotRequired[bool]  # a letter from before the portal: the record is its original file
    created: NotRequired[str]  # ISO instant; default: the date of the letter
