"""A council takes its letters along: what goes out and comes in again is the same, byte for byte."""

import hashlib
import io
import json
from datetime import date

from django.core.management import call_command
from django.db import transaction

from advice import demo
from advice.actions.answering import AnswerGiven, give_response, register_response
from advice.actions.history import import_advice
from advice.actions.issuing import issue
from advice.actions.joint import register_jointly
from advice.actions.publishing import publish
from advice.frozen import digest
from advice.interchange import check
from advice.models import (
    Attachment,
    GlossaryTerm,
    LargePrint,
    Letter,
    LetterCopy,
    MinorityView,
    Question,
    Signatory,
    Source,
)
from councils.models import Authority, Council
from portal.documents import keep_upload
from portal.models import Message
from tests import factories
from tests.advice.exported import Files, bring_in, export, files_in, same_files
from tests.advice.letters import adopt, adopted_advice
from tests.advice.test_history import CASES, content_of, upload


def everything_that_a_letter_has(council, authority, by) -> Letter:
    """Two authorities, two councils, and every part of a letter."""
    other = factories.AuthorityFactory(name="Gemeente Anderdorp", slug="anderdorp")
    factories.ServedBodyFactory(council=council, authority=other)
    second = factories.CouncilFactory(name="Cliëntenraad Testdorp", slug="clientenraad")
    council_request = factories.CouncilRequestFactory(
        council=council, accepted=True,
        request__authority=authority, request__submitted=True, request__subject="Vervoer", request__reference="Z-1",
        request__original=keep_upload(upload("vraag.pdf", b"%PDF-1.4 de vraag"), by=by, council_id=council.pk),
        request__questions=["Wat vindt u?"],
    )  # fmt: skip
    advice = factories.AdviceFactory(
        council=council, authorities=[authority, other], subject="Vervoer naar één dagbesteding", kind="solicited",
        tenor="positive_with_remarks", plain_summary="Houd het busje.\n\nOok in 2027.", salutation="Geacht college,",
        attention_of="de wethouder Zorg", laws=["wmo"], consulted=["Wijktafel, mei 2026"], copy_to=["Cliëntenbelang"],
        request=council_request,
    )  # fmt: skip
    advice.joint_with.add(second)
    own = {"advice": advice, "council": council}
    GlossaryTerm.objects.create(council=council, term="pgb", explanation="Geld waarmee u zelf hulp inkoopt.")
    factories.SectionFactory(
        advice=advice, position=1, heading="Aanleiding",
        text="<p>Het <strong>pgb</strong> stopt.</p><h3>Wie het raakt</h3><ul><li>ouderen</li><li>buren</li></ul>"
        "<ol><li>eerst</li><li>dan plannen</li></ol><blockquote><p>Ik mis het busje.</p></blockquote>",
    )  # fmt: skip
    factories.SectionFactory(
        advice=advice, position=2, heading="Twee lijsten", text="<p>- korte ritten</p><p>- lange ritten</p>"
    )
    first = factories.RecommendationFactory(
        advice=advice, number=1, text="Houd het busje.", reason="Het werkt.\n\nEcht."
    )
    Source.objects.create(
        recommendation=first, council=council, kind="link", title="Monitor", place="p. 4", url="https://cbs.example/1"
    )
    first.rests_on.add(factories.ActivityFactory(council=council, group="mantelzorgers", count=11))
    factories.RecommendationFactory(advice=advice, number=2, text="Bel terug.", refers_to="Verordening, artikel 3")
    Question.objects.create(number=1, text="Wat kost het?", **own)
    MinorityView.objects.create(by="J. de Boer", text="Wij twijfelen.\n\nHet is duur.", **own)
    Signatory.objects.create(position=1, name="C. Bakker", role="voorzitter", **own)
    Attachment.objects.create(position=1, title="Wat wij hoorden", text="Tien gesprekken.", **own)
    report = keep_upload(upload("rapport.pdf", b"%PDF-1.4 rapport"), by=by, council_id=council.pk)
    Attachment.objects.create(position=2, title="Rapport", document=report, **own)
    adopt(advice, by)
    register_jointly(
        advice, second, decided_on=date(2026, 9, 1), signatories=[{"name": "D. Vos", "role": "voorzitter"}],
        proof="Hun mail", by=by,
    )  # fmt: skip
    return issue(advice, by=by, dated_on=date(2026, 9, 2), looked_at=True)


def answered(letter: Letter, saskia, victor) -> None:
    """One authority by the portal with a letter of its own, the other on paper."""
    paper, given = letter.copies.order_by("pk")
    register_response(
        paper, answers=[AnswerGiven(1, "partly", "Om het geld."), AnswerGiven(2, "rejected", "")],
        dated_on=date(2026, 10, 1), original=upload("antwoord.pdf", b"%PDF-1.4 antwoord"), reference="U-1",
        by=saskia.person,
    )  # fmt: skip
    answers = [
        AnswerGiven(1, "adopted", "", commitment="Een nieuw contract", owner="Wethouder Zorg", due_on=date(2027, 3, 1)),
        AnswerGiven(2, "later", "", decide_by=date(2027, 1, 15)),
    ]
    give_response(
        given, answers=answers, dated_on=date(2026, 10, 5), decided_on=date(2026, 10, 4), text="Dank u.\n\nTot ziens.",
        offered_on=date(2026, 10, 4), by=victor.person,
    )  # fmt: skip


def test_a_council_comes_back_as_it_was(db, request, tmp_path):
    with transaction.atomic():  # a portal of its own, gone at the end
        council, authority, saskia, victor = map(request.getfixturevalue, ["council", "authority", "saskia", "victor"])
        letter = everything_that_a_letter_has(council, authority, saskia.person)
        other = Authority.objects.get(slug="anderdorp")
        factories.AppointmentFactory(person=victor.person, authority=other)
        answered(letter, saskia, victor)
        publish(letter, by=saskia.person, looked_at=True)
        issue(adopted_advice(council, authority, saskia.person), by=saskia.person, dated_on=date(2026, 9, 3))
        original = tmp_path / "oud.pdf"
        original.write_bytes(b"%PDF-1.4 oud")
        old = {
            **content_of("counter-response"), "councils": [council.name], "authorities": [authority.name, other.name],
            "original": "oud.pdf",
        }  # fmt: skip
        import_advice(old, folder=tmp_path)
        import_advice({**old, "reference": "ASD-2026-14", "original": "oud.pdf"}, folder=tmp_path)
        without = {key: value for key, value in old.items() if key != "original"}
        import_advice({**without, "reference": "ASD 2026-12", "authorities": [authority.name]})
        said = export(council.slug, tmp_path / "eerst")
        text, concerned = dict(letter.text), letter.copies.order_by("pk").last().addressee
        transaction.set_rollback(True)
    first = files_in(tmp_path / "eerst")
    assert list(first) == [
        "2026-01--testdorp.pdf", "2026-01.antwoord--anderdorp.pdf", "2026-01.antwoord--testdorp.pdf",
        "2026-01.bijlage-2.pdf", "2026-01.json", "2026-01.pdf", "2026-01.verzoek.pdf", "2026-02.json", "2026-02.pdf",
        "SHA256SUMS", "asd-2026-12.json", "asd-2026-12.pdf", "asd-2026-14--anderdorp.pdf",
        "asd-2026-14-2--anderdorp.pdf", "asd-2026-14-2.json", "asd-2026-14-2.pdf", "asd-2026-14.json",
        "asd-2026-14.pdf",
    ]  # fmt: skip
    assert "2026-01.antwoord--anderdorp.pdf\n" in said and said.endswith("5 brieven, 17 bestanden.\n")
    sums_are_right(first)
    main = json.loads(first["2026-01.json"])
    check(main)
    assert main["original"] == "2026-01.pdf" and main["request"]["original"] == "2026-01.verzoek.pdf"
    assert [one["original"] for one in main["responses"]] == [
        "2026-01.antwoord--anderdorp.pdf", "2026-01.antwoord--testdorp.pdf",
    ]  # fmt: skip

    assert not Letter.objects.exists() and not Authority.objects.exists() and not Council.objects.exists()
    said = bring_in(tmp_path / "eerst")
    assert said.count(": ingelezen: ") == 5, said
    back = Letter.objects.get(slug="2026-01")
    assert back.text["sections"] == text["sections"] and back.text["glossary"] == text["glossary"] != []
    assert back.text["signatories"] == text["signatories"]
    assert back.copies.order_by("pk").last().addressee == concerned
    assert not LargePrint.objects.exists() and not Message.objects.exists()
    call_command("render_letters", "--apply", stdout=io.StringIO())
    export(back.council.name, tmp_path / "weer")
    same_files(first, files_in(tmp_path / "weer"))
    assert bring_in(tmp_path / "eerst").count("ongewijzigd") == 5
    export(back.council.name, tmp_path / "weer")
    same_files(first, files_in(tmp_path / "weer"))
    for name in ("Gemeente Anderdorp", "testdorp"):
        call_command(
            "letter", "2026-01", "--council", back.council.name, "--authority", name, "--output", tmp_path / "x"
        )
        named = "2026-01.pdf" if name != "testdorp" else "2026-01--testdorp.pdf"
        assert (tmp_path / "x").read_bytes() == first[named]


def sums_are_right(files: Files) -> None:
    sums = files["SHA256SUMS"].decode().splitlines()
    assert sums == [
        f"{hashlib.sha256(files[name]).hexdigest()}  {name}" for name in sorted(files) if name != "SHA256SUMS"
    ]


def test_the_example_council_comes_back_as_it_was(db, tmp_path):
    with transaction.atomic():
        demo.build()
        for council in Council.objects.order_by("slug"):
            export(council.slug, tmp_path / "eerst" / council.slug)
        transaction.set_rollback(True)
    assert not Council.objects.exists()
    folders = sorted((tmp_path / "eerst").iterdir())
    assert sum(len(list(folder.glob("*.json"))) for folder in folders) >= 8
    said = bring_in(*folders)
    assert "faalt" not in said
    for folder in folders:
        if list(folder.glob("*.json")):
            name = json.loads(next(iter(sorted(folder.glob("*.json")))).read_bytes())["councils"][0]
            export(name, tmp_path / "weer" / folder.name)
            same_files(files_in(folder), files_in(tmp_path / "weer" / folder.name))


def test_the_cases_go_out_as_they_came_in(db, quick_print, tmp_path):
    bring_in(*sorted(CASES.glob("*.json")))
    for council in Council.objects.all():
        export(council.name, tmp_path / council.slug)
    out = {path.stem: json.loads(path.read_bytes()) for path in tmp_path.glob("*/*.json")}
    for content in map(content_of, ["article-by-article-with-minority", "counter-response", "short-with-questions"]):
        found = out.pop(content["reference"].lower().replace(" ", "-"))
        assert {"tenor": "none", "language": "nl", **content} == {"language": "nl", **found}
    assert out == {}  # the draft stays at home


def test_a_letter_takes_back_the_same_one_again(council, authority, saskia, db, request, tmp_path):
    """What the schema cannot hold: which letter a withdrawal takes back. It stands inside our own PDF."""
    with transaction.atomic():
        wrong = issue(adopted_advice(council, authority, saskia.person), by=saskia.person, dated_on=date(2026, 9, 2))
        withdrawn_by(wrong)
        export(council.slug, tmp_path / "map")
        transaction.set_rollback(True)
    bring_in(tmp_path / "map")
    wrong = Letter.objects.get(reference="2026-01")
    later = Letter.objects.get(reference="2026-00")
    assert (later.concerns, later.relation) == (wrong, "withdrawal")
    assert later.text["concerns"]["reference"] == "2026-01"


def withdrawn_by(wrong: Letter) -> Letter:
    """A later letter whose number sorts before that of the letter that it takes back."""
    advice = factories.AdviceFactory(council=wrong.council, authorities=[], state="issued", subject="Ingetrokken")
    concerns = {"relation": "withdrawal", "reference": wrong.reference, "date": "2026-09-02"}
    text = {**wrong.text, "subject": "Ingetrokken", "reference": "2026-00", "concerns": concerns}
    letter = Letter.objects.create(
        advice=advice, council=wrong.council, year=2026, serial=99, reference="2026-00", slug="2026-00", text=text,
        dated_on=wrong.dated_on, subject="Ingetrokken", sha256=digest(text), concerns=wrong, relation="withdrawal",
    )  # fmt: skip
    copy = wrong.copies.get()
    LetterCopy.objects.create(letter=letter, council=wrong.council, authority=copy.authority, addressee=copy.addressee)
    return letter
