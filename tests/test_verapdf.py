"""The judge can say no, and yes."""

from pathlib import Path

import pytest
from weasyprint import HTML

from tests.verapdf import broken_rules

pytestmark = pytest.mark.verapdf
PAGE = '<html lang="nl"><title>Brief</title><body><h1>Brief</h1><p>Geacht bestuur'


def test_an_untagged_file_fails_and_an_accessible_one_passes(tmp_path: Path):
    plain, accessible = tmp_path / "plain.pdf", tmp_path / "accessible.pdf"
    HTML(string=PAGE).write_pdf(plain)
    HTML(string=PAGE).write_pdf(accessible, pdf_variant="pdf/ua-1")
    judged = broken_rules(plain, accessible, flavours=("ua1",))
    assert list(judged) == [("plain.pdf", "ua1")]
    assert any(rule.startswith("6.2-1 ") for rule in judged["plain.pdf", "ua1"])


def test_what_is_no_pdf_fails(tmp_path: Path):
    (tmp_path / "letter.pdf").write_bytes(b"Geacht bestuur")
    assert list(broken_rules(tmp_path / "letter.pdf")) == [("letter.pdf", "ua1"), ("letter.pdf", "3a")]
