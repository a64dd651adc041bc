"""History: letters from before the portal, by the form and by file. Nobody gets a mail."""

import copy
import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from advice.actions.history import COMPLETED, CREATED, UNCHANGED, add_history, import_advice
from advice.actions.issuing import issue
from advice.interchange import FaultyFile, check, html_of, interchange
from advice.models import Advice, Answer, Commitment, ImportedFile, Letter, NumberCounter, Publication, Response
from advice.numbers import preview_number
from advice.states import AdviceState, ResponseState, Verdict
from councils.models import Authority, Council
from portal.access import Refused
from portal.documents import read
from portal.models import AuditEvent, Message
from tests import factories
from tests.advice.letters import adopted_advice

CASES = Path(__file__).parents[1] / "data" / "advices"
PDF = b"%PDF-1.7 de brief"


def content_of(name: str) -> dict:
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


def upload(name: str = "brief.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def old_council(db) -> Council:
    council = factories.CouncilFactory(name="Adviesraad Sociaal Domein Voorbeeld", number_pattern="ASD {year}-{serial}")
    factories.ServedBodyFactory(council=council, authority=factories.AuthorityFactory(name="Gemeente Voorbeeld"))
    return council


# --- the form ---------------------------------------------------------------


def test_an_old_letter_is_kept_as_it_is(council, authority, saskia):
    letter = add_history(
        council, original=upload(), reference="2019-07", dated_on=date(2019, 5, 3), subject="Wachttijd",
        authority=authority, by=saskia.person,
    )  # fmt: skip
    assert (letter.reference, letter.serial, letter.imported, letter.year) == ("2019-07", None, True, 2019)
    assert read(letter.original) == PDF
    assert letter.copies.get().authority == authority
    assert letter.advice.state == AdviceState.ISSUED
    assert not letter.advice.decisions.exists() and not Message.objects.exists() and not mail.outbox
    assert AuditEvent.objects.filter(event="letter.added_to_history", object_id=letter.pk).count() == 1
    assert NumberCounter.objects.get(council=council, year=2019).last == 7
    assert preview_number(council, date(2026, 1, 1)) == "2026-01"


def test_a_reference_twice_is_refused_at_its_field(council, authority, saskia):
    facts = {"reference": "2019-07", "dated_on": date(2019, 5, 3), "authority": authority, "by": saskia.person}
    add_history(council, original=upload(), subject="Een", **facts)
    with pytest.raises(Refused) as refused:
        add_history(council, original=upload(), subject="Twee", **facts)
    assert refused.value.field == "reference"
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("original", "dated_on", "at"),
    [
        (upload("brief.docx", b"PK\x03\x04"), date(2019, 5, 3), "original"),
        (upload("brief.pdf", b"geen pdf"), date(2019, 5, 3), "original"),
        (upload(), date(2999, 1, 1), "dated_on"),
    ],
)
def test_what_cannot_be_a_letter_is_refused_at_its_field(council, authority, saskia, original, dated_on, at):
    with pytest.raises(Refused) as refused:
        add_history(
            council, original=original, reference="1", dated_on=dated_on, subject="X", authority=authority,
            by=saskia.person,
        )  # fmt: skip
    assert refused.value.field == at
    assert not Letter.objects.exists() and not Advice.objects.exists()


def test_several_letters_in_a_row(council, authority, saskia, sign_in):
    page = reverse("advice:add_history", args=[council.slug])
    answers = {
        "reference": "2019-07", "dated_on_day": "3", "dated_on_month": "5", "dated_on_year": "2019",
        "subject": "Wachttijd", "authority": authority.pk, "kind": "solicited", "document": "advice", "another": "1",
    }  # fmt: skip
    client = sign_in(saskia)
    response = client.post(page, {**answers, "original": upload()})
    assert (response.status_code, response.url) == (302, page)
    response = client.post(page, {**answers, "original": upload()})
    assert response.status_code == 422
    assert "2019-07" in response.content.decode() and response.context["form"].errors["reference"]
    assert Letter.objects.count() == 1


# --- files ------------------------------------------------------------------


def test_every_case_comes_in_and_goes_out_as_it_was(db):
    for path in sorted(CASES.glob("*.json")):
        content = content_of(path.stem)
        imported = import_advice(content, create_missing=True)
        assert imported.result == CREATED, path.name
        if "reference" not in content:
            assert imported.advice.state == AdviceState.DRAFT
            continue
        out = interchange(imported.advice.letter)
        check(out)
        given_out = {key: value for key, value in out.items() if key != "language"}
        assert given_out == {"tenor": "none", **content}, path.name


def test_a_letter_comes_in_with_its_answers(old_council):
    letter = import_advice(content_of("article-by-article-with-minority")).advice.letter
    assert (letter.reference, letter.imported, letter.serial) == ("ASD 2026-11", True, None)
    assert letter.text["minority_views"][0]["by"] == "J. de Boer, namens het seniorenplatform"
    assert "<ul><li>elf mantelzorgers in het Huis van de Wijk</li>" in letter.text["sections"][1]["html"]
    response = Response.objects.get(copy__letter=letter)
    assert (response.state, response.registered, response.dated_on) == (ResponseState.FINAL, True, date(2026, 8, 20))
    answers = list(response.answers.values_list("number", "verdict", "decide_by", "no_reason_given"))
    assert answers == [
        (1, Verdict.ADOPTED, None, False),
        (2, Verdict.ADOPTED, None, False),
        (3, Verdict.REJECTED, None, False),
        (4, Verdict.LATER, date(2026, 12, 15), False),
    ]
    commitment = Commitment.objects.get()
    assert (commitment.text, commitment.due_on, commitment.owner) == (
        "Aanpassen van de meldbrief",
        date(2026, 12, 1),
        "",
    )
    assert not Message.objects.exists() and not mail.outbox


def test_an_answer_without_a_reason_says_so(old_council):
    content = content_of("article-by-article-with-minority")
    del content["responses"][0]["answers"][2]["motivation"]
    import_advice(content)
    assert Answer.objects.get(number=3).no_reason_given
    assert Answer.objects.filter(no_reason_given=True).count() == 1


def test_the_next_letter_counts_on_from_what_came_in(old_council, saskia):
    import_advice(content_of("article-by-article-with-minority"))
    import_advice(content_of("counter-response"))
    authority = Authority.objects.get(name="Gemeente Voorbeeld")
    letter = issue(adopted_advice(old_council, authority, saskia.person), by=saskia.person, dated_on=date(2026, 9, 20))
    assert letter.reference == "ASD 2026-15"


def test_a_draft_can_be_worked_on(old_council):
    advice = import_advice(content_of("draft-signal-letter")).advice
    assert advice.sections.get().text == "<p>Sinds september hoorden wij zeven keer dat het busje te laat komt.</p>"
    assert advice.recommendations.get().reason == "Mensen staan soms een uur te wachten."
    assert advice.signatories.get().name == "F. van Dijk"
    assert advice.consulted == ["Zeven signalen van inwoners, september tot november"]
    assert not Letter.objects.exists()


@pytest.mark.parametrize("name", ["article-by-article-with-minority", "draft-signal-letter"])
def test_the_same_file_twice_changes_nothing(old_council, name):
    import_advice(content_of(name))
    before = everything()
    if name.startswith("draft"):
        Advice.objects.update(subject="Intussen veranderd")
        before = everything()
    assert import_advice(content_of(name)).result == UNCHANGED
    assert everything() == before


def everything() -> list:
    models = [Advice, Letter, Response, Answer, Commitment, Publication, ImportedFile, NumberCounter, AuditEvent]
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def test_the_same_reference_with_another_text_is_refused(old_council):
    content = content_of("counter-response")
    import_advice(content)
    changed = copy.deepcopy(content)
    changed["recommendations"][0]["text"] = "Doe iets anders."
    with pytest.raises(FaultyFile) as refused:
        import_advice(changed)
    assert refused.value.faults[0].path == "$.reference"
    assert Letter.objects.count() == 1


def test_what_came_later_is_added(old_council):
    content = content_of("article-by-article-with-minority")
    answer = content.pop("responses")
    assert import_advice(content).result == CREATED
    assert import_advice({**content, "responses": answer, "published_on": "2026-08-21"}).result == COMPLETED
    assert Response.objects.count() == 1
    assert Publication.objects.get().published_on == date(2026, 8, 21)
    assert import_advice({**content, "responses": answer, "published_on": "2026-08-21"}).result == UNCHANGED


def test_a_letter_that_the_portal_gave_is_not_written_over(old_council, saskia):
    authority = Authority.objects.get(name="Gemeente Voorbeeld")
    letter = issue(adopted_advice(old_council, authority, saskia.person), by=saskia.person, dated_on=date(2026, 9, 20))
    with pytest.raises(FaultyFile):
        import_advice({**content_of("counter-response"), "reference": letter.reference})


def test_the_bytes_of_the_originals_are_kept(old_council, tmp_path):
    content = content_of("article-by-article-with-minority")
    content["original"], content["responses"][0]["original"] = "brief.pdf", "antwoord.pdf"
    (tmp_path / "brief.pdf").write_bytes(PDF)
    (tmp_path / "antwoord.pdf").write_bytes(PDF + b" antwoord")
    letter = import_advice(content, folder=tmp_path).advice.letter
    assert read(letter.original) == PDF
    assert read(Response.objects.get().original) == PDF + b" antwoord"


@pytest.mark.parametrize("name", ["../geheim.pdf", "/etc/passwd", "weg.pdf", "nep.pdf", "brief.docx"])
def test_an_original_that_cannot_be_is_refused(old_council, tmp_path, name):
    folder = tmp_path / "map"
    folder.mkdir()
    (tmp_path / "geheim.pdf").write_bytes(PDF)
    (folder / "nep.pdf").write_bytes(b"geen pdf")
    (folder / "brief.docx").write_bytes(b"PK\x03\x04")
    with pytest.raises(FaultyFile) as refused:
        import_advice({**content_of("counter-response"), "original": name}, folder=folder)
    assert refused.value.faults[0].path == "$.original"
    assert not Letter.objects.exists() and not Advice.objects.exists()


def test_unknown_names_are_refused_unless_they_may_be_made(db):
    content = content_of("counter-response")
    with pytest.raises(FaultyFile) as refused:
        import_advice(content)
    assert [fault.path for fault in refused.value.faults] == ["$.councils", "$.authorities"]
    assert "Adviesraad Sociaal Domein Voorbeeld" in str(refused.value) and "Gemeente Voorbeeld" in str(refused.value)
    assert not Council.objects.exists()
    imported = import_advice(content, create_missing=True)
    assert len(imported.notes) == 3
    council = Council.objects.get()
    assert council.authorities.get().name == "Gemeente Voorbeeld"
    assert preview_number(council, date(2026, 10, 1)) == "ASD 2026-15"  # it counts on in its own pattern


FAULTS = {
    "$.date": lambda c: c.update(date="2 juli 2026"),
    "$.document": lambda c: c.update(document="brief"),
    "$": lambda c: c.pop("sections"),
    "$.sections[0].heading": lambda c: c["sections"][0].update(heading="x" * 201),
    "$.reference": lambda c: c.update(reference=" "),
    "$.responses[0].authority": lambda c: c["responses"][0].update(authority="Gemeente Elders"),
    "$.responses[0].answers[3].recommendation": lambda c: c["responses"][0]["answers"][3].update(recommendation=9),
    "$.responses[0].answers[1].recommendation": lambda c: c["responses"][0]["answers"][1].update(recommendation=1),
    "$.responses[0].answers[1].commitment.text": lambda c: c["responses"][0]["answers"][1]["commitment"].update(
        text="x" * 301
    ),
    "$.councils": lambda c: c.update(councils=c["councils"] * 2),
    "$.subject": lambda c: c.update(subject="Een \x00 teken"),
    "$.questions[0]": lambda c: c.update(questions=["Half \ud83d teken"]),
}


@pytest.mark.parametrize("path", FAULTS)
def test_a_fault_is_named_with_its_path(path):
    content = content_of("article-by-article-with-minority")
    FAULTS[path](content)
    with pytest.raises(FaultyFile) as refused:
        check(content)
    assert refused.value.faults[0].path == path


def test_a_file_without_a_reference_has_no_answers():
    content = content_of("article-by-article-with-minority")
    del content["reference"]
    with pytest.raises(FaultyFile):
        check(content)


def test_a_joint_letter_belongs_to_the_first_council(old_council):
    names = [old_council.name, "Cliëntenraad Voorbeeld"]
    advice = import_advice({**content_of("counter-response"), "councils": names}, create_missing=True).advice
    assert advice.council == old_council
    assert [one.name for one in advice.joint_with.all()] == ["Cliëntenraad Voorbeeld"]
    assert [one["name"] for one in advice.letter.text["senders"]] == names


def test_plain_text_becomes_small_html():
    text = "Eerst <dit> & dat:\n\n- een\n- twee\n  en meer\n\nDan\nnog iets"
    assert html_of(text) == (
        "<p>Eerst &lt;dit&gt; &amp; dat:</p><ul><li>een</li><li>twee en meer</li></ul><p>Dan<br>nog iets</p>"
    )


def test_the_command_imports_what_it_can_and_names_the_faults(old_council, tmp_path):
    good, bad = tmp_path / "goed.json", tmp_path / "fout.json"
    good.write_text(json.dumps(content_of("counter-response")), encoding="utf-8")
    bad.write_text(json.dumps({**content_of("counter-response"), "date": "gisteren"}), encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_advices", str(bad), str(good), stdout=out, stderr=err)
    assert err.getvalue().startswith(f"{bad}: $.date: ")
    assert "ASD 2026-14" in out.getvalue()
    assert Letter.objects.get().reference == "ASD 2026-14"
