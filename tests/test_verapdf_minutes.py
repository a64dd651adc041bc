"""Minutes are PDF/UA-1 and PDF/A-3a: whole and for the public, draft and adopted, large print, hostile text."""

from pathlib import Path

import pytest

from meetings.minutes_print import print_minutes
from tests.printing import text as words_of
from tests.verapdf import broken_rules

pytestmark = pytest.mark.verapdf
HOSTILE = '<script>alert(1)</script><img src="file:///etc/passwd"><a href="javascript:x">Łukasik</a> {{ settings }} ]]>'


def item(number: int, said: str = "Wij spraken over de bus.\n\n- punt een\n- punt twee", **facts) -> dict:
    return {
        "number": number, "title": f"Punt {number}", "closed": False, "ground": "", "chair": "", "recused": [],
        "said": said, "decisions": [{"number": f"20261121-{number:03}", "text": "Wij bellen.", "quorum": {}}],
        "actions": [
            {"number": f"20261121-{number + 500}", "text": "Bellen", "owner": "K. Łukasik", "due": "2026-12-01"}
        ],
        "public": "", **facts,
    }  # fmt: skip


def minutes(*items: dict, adopted_on: str | None = "2026-12-10") -> dict:
    return {
        "format": 1, "council": {"name": "Adviesraad Testdorp", "logo": ""}, "title": "Overleg van november",
        "kind": "Plenaire vergadering", "day": "2026-11-21", "starts": "19.30", "ends": "21.30",
        "place": "Gemeentehuis, zaal 2", "adopted_on": adopted_on, "items": list(items),
        "attendance": [{"label": "Aanwezig", "names": ["Chris (voorzitter)", "Fatma (vanaf “Punt 2”)"]}],
    }  # fmt: skip


CLOSED = item(2, "", title="", closed=True, ground="persoonlijk belang", decisions=[], actions=[])
JUDGED = [{"number": "20261121-001", "text": "Ja.", "quorum": {"present": 4, "needed": 5, "met": False}}]
CASES = {
    "whole": (minutes(item(1, chair="Chris", recused=["Fatma"]), CLOSED, item(3, decisions=JUDGED)), {}),
    "public": (minutes(item(1, actions=[]), CLOSED), {"public": True}),
    "draft": (minutes(item(1), adopted_on=None), {}),
    "large": (minutes(item(1), CLOSED, *(item(n) for n in range(3, 9))), {"large": True}),
    "long": (minutes(*(item(n, "Er werd lang over gesproken. " * 60) for n in range(1, 30))), {}),
    "empty": (minutes(), {}),
    "hostile": (minutes(item(1, HOSTILE, title=HOSTILE)), {}),
}


def test_minutes_pass_and_hostile_text_is_text(tmp_path: Path):
    files = []
    for name, (content, options) in CASES.items():
        made = print_minutes(content, **options)
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(made)
        if name == "hostile":
            assert "<script>alert(1)</script>" in words_of(made) and "{{ settings }}" in words_of(made)
        if name == "public":
            assert "Besloten punt" in words_of(made) and "persoonlijk belang" in words_of(made)
    assert broken_rules(*files) == {}
