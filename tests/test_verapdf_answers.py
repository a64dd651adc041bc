"""The letter of the executive is PDF/UA-1 and PDF/A-3a in both forms, short or long, with hostile text too."""

from pathlib import Path

import pytest

from advice.response_print import print_text
from tests.printing import text as words_of
from tests.verapdf import broken_rules

pytestmark = pytest.mark.verapdf
VERDICTS = ["adopted", "partly", "rejected", "already_policy", "later"]
WHY = "De gemeenteraad stelde de eigen bijdrage vast bij de begroting. "
HOSTILE = '<script>alert(1)</script><img src="file:///etc/passwd"><a href="javascript:x">Łukasik</a> {{ settings }} ]]>'


def one(number: int, why: str) -> dict:
    verdict = VERDICTS[number % 5]
    promise = {"text": "Aanpassen van de meldbrief.", "owner": "team Wmo", "due": "2026-12-01"}
    return {
        "number": number, "recommendation": f"Leg uit wat een huisgenoot is, deel {number}.", "verdict": verdict,
        "motivation": why, "decide_by": "2026-12-15" if verdict == "later" else None,
        "commitment": promise if number % 3 == 1 else None,
    }  # fmt: skip


def answer(form: str, *, count: int, why: str = WHY, text: str = "", signatories: int = 2) -> dict:
    signing = [{"name": "E. van den Berg", "role": "burgemeester"}, {"name": "K. Łukasik", "role": "secretaris"}]
    return {
        "form": form,
        "authority": {
            "name": "Gemeente Testdorp", "tagline": "College van burgemeester en wethouders",
            "executive": "het college van burgemeester en wethouders van Testdorp", "short": "het college",
            "contact": ["Postbus 1", "1234 AA TESTDORP"], "return_address": ["Postbus 1", "1234 AA TESTDORP"],
        },
        "councils": ["Adviesraad Testdorp"], "addressee": ["Adviesraad Testdorp", "Postbus 100", "1234 AB TESTDORP"],
        "salutation": "Geachte leden van de Adviesraad Testdorp,",
        "letter": {"reference": "2026-11", "date": "2026-07-02", "subject": "De Wmo-verordening", "document": "advice"},
        "date": "2026-08-20", "decided_on": "2026-08-18", "reference": "U-26-2980", "text": text,
        "answers": [one(number, why) for number in range(1, count + 1)],
        "signatories": signing[:signatories] or [{"name": "College van burgemeester en wethouders", "role": ""}],
        "language": "nl",
    }  # fmt: skip


CASES = {
    f"{form}-{name}": answer(form, **facts)
    for form in ("letter", "table")
    for name, facts in {
        "four": {"count": 4, "text": "Dank u wel.\n\n- punt een\n- punt twee"},
        "forty": {"count": 40, "why": WHY * 4},
        "long-reason": {"count": 2, "why": WHY * 120},
        "without-reason": {"count": 1, "why": "", "signatories": 0},
        "text-only": {"count": 0, "text": "Het kost niets."},
        "hostile": {"count": 3, "why": HOSTILE, "text": HOSTILE},
    }.items()
}


def test_every_answer_passes_and_hostile_text_is_text(tmp_path: Path):
    files = []
    for name, text in CASES.items():
        made = print_text(text)
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(made)
        if name.endswith("hostile"):
            assert "<script>alert(1)</script>" in words_of(made) and "{{ settings }}" in words_of(made)
        if name.endswith("forty"):
            assert "deel 40." in words_of(made)
    draft = tmp_path / "draft.pdf"
    draft.write_bytes(print_text(CASES["table-four"], draft=True))
    assert broken_rules(*files, draft) == {}
