"""More time for the answer (verdaging): the rules warn, the reason is kept, and everyone sees the new last day."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from advice.actions.extending import extend_response
from advice.answered import standing_of
from advice.extending import Proposal, allowed_by_rules, proposed_day
from advice.models import LetterCopy, Response, ResponseExtension
from advice.states import ResponseState
from portal.access import Refused
from portal.models import AuditEvent, Message
from tests.advice.answers import answered, sent

SENT_ON, TODAY = date(2026, 9, 2), date(2026, 10, 20)
DUE, ALLOWED = date(2026, 10, 28), date(2026, 11, 25)  # 8 weeks, and 4 more
REASON = "Er is eerst overleg nodig."
RULES_SILENT = "De regels van de adviesraad zeggen niets over meer tijd."


@pytest.fixture
def now():
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def copy(council, authority, saskia) -> LetterCopy:
    rules(council, extension_weeks=4)
    with time_machine.travel(SENT_ON):
        return sent(council, authority, saskia, published=True)


def rules(council, **response_term) -> None:
    """What the ordinance says of the term for the answer."""
    instrument = council.instruments.get()
    instrument.rules["response_term"] = {"weeks": 8, **response_term}
    instrument.save()


def fresh(copy: LetterCopy) -> LetterCopy:
    return LetterCopy.objects.select_related(
        "letter__council", "letter__advice", "council", "authority", "response"
    ).get(pk=copy.pk)


def longer(copy: LetterCopy, by, **facts) -> ResponseExtension:
    return extend_response(copy, by=by.person, **{"until": ALLOWED, "reason": REASON, **facts})


@pytest.mark.usefixtures("now")
class TestTheVerb:
    def test_the_day_of_the_rules_is_kept_with_its_article_and_sum(self, copy, victor):
        found = longer(copy, victor)

        assert (found.until, found.reason, found.extended_on) == (ALLOWED, REASON, TODAY)
        assert found.article == "art. 8 lid 1"
        assert [step["label"] for step in found.steps] == ["2 september 2026", "+ 8 weken", "+ 4 weken", "Aanname"]
        assert fresh(copy).due_on == ALLOWED
        assert AuditEvent.objects.filter(event="response.extended").count() == 1

    def test_an_earlier_day_than_the_rules_allow_is_within_them(self, copy, victor):
        found = longer(copy, victor, until=date(2026, 11, 10))

        assert found.article == "art. 8 lid 1"
        assert found.steps[-1] == {"label": "10 november 2026", "text": "Het bestuur koos deze dag.", "article": None}

    def test_a_later_day_is_warned_of_and_kept_when_it_is_meant(self, copy, victor):
        too_late = ALLOWED + timedelta(days=1)
        with pytest.raises(Refused, match="Dit is later dan de regels toestaan") as refused:
            longer(copy, victor, until=too_late)
        assert refused.value.field == "anyway"

        found = longer(copy, victor, until=too_late, anyway=True)

        assert found.article == ""
        assert found.steps[-1]["text"].startswith("Dit is later dan de regels toestaan. Het mag tot uiterlijk 25 nov")
        assert fresh(copy).due_on == too_late

    def test_rules_that_are_silent_warn_too(self, copy, council, victor):
        rules(council)
        assert allowed_by_rules(fresh(copy)) is None
        with pytest.raises(Refused, match="De regels van de adviesraad zeggen niets over meer tijd"):
            longer(copy, victor)

        found = longer(copy, victor, anyway=True)

        assert (found.article, found.steps[-1]["text"]) == ("", RULES_SILENT)

    def test_two_weeks_by_the_rules_are_two_weeks(self, copy, council):
        rules(council, extension_weeks=2)

        assert allowed_by_rules(fresh(copy)).day == date(2026, 11, 11)

    def test_a_second_extension_is_warned_of(self, copy, victor):
        longer(copy, victor, until=date(2026, 11, 10))
        with pytest.raises(Refused, match="Het antwoord is al eerder verdaagd, tot 10 november 2026"):
            longer(copy, victor, until=ALLOWED)

        second = longer(copy, victor, until=ALLOWED, anyway=True)

        assert (second.article, fresh(copy).extension, fresh(copy).due_on) == ("", second, ALLOWED)
        assert ResponseExtension.objects.count() == 2

    @pytest.mark.parametrize("until", [DUE, DUE - timedelta(days=1)])
    def test_a_day_that_is_not_later_is_refused(self, copy, victor, until):
        with pytest.raises(Refused, match="Dit is niet later dan de laatste dag van nu") as refused:
            longer(copy, victor, until=until, anyway=True)

        assert refused.value.field == "until"
        assert not ResponseExtension.objects.exists()

    def test_the_day_after_the_last_day_is_not_refused(self, copy, victor):
        assert longer(copy, victor, until=DUE + timedelta(days=1)).until == DUE + timedelta(days=1)

    def test_after_the_last_day_it_is_said_as_late(self, copy, victor, now):
        now.move_to(DUE + timedelta(days=3))

        found = longer(copy, victor)

        assert found.steps[-1]["text"] == "Dit bericht kwam 3 dagen na de laatste dag."

    def test_a_day_that_has_passed_is_refused(self, copy, victor, now):
        now.move_to(DUE + timedelta(days=9))
        with pytest.raises(Refused, match="Deze dag is al voorbij"):
            longer(copy, victor, until=DUE + timedelta(days=2), anyway=True)

    def test_without_a_reason_it_is_refused(self, copy, victor):
        with pytest.raises(Refused, match="Schrijf waarom het langer duurt") as refused:
            longer(copy, victor, reason="  ")
        assert refused.value.field == "reason"

    def test_the_same_again_is_the_extension_that_is_there(self, copy, victor):
        assert longer(copy, victor) == longer(copy, victor)
        assert Message.objects.filter(kind="advice.response_extended").count() == 1

    def test_an_answer_or_a_letter_that_lapsed_needs_no_more_time(self, copy, victor):
        answered(copy, victor)
        with pytest.raises(Refused, match="Op deze brief wacht niemand meer op antwoord"):
            longer(copy, victor)
        Response.objects.update(state=ResponseState.LAPSED)
        with pytest.raises(Refused, match="Op deze brief wacht niemand meer op antwoord"):
            longer(copy, victor)

    def test_the_secretary_hears_of_it(self, copy, victor, saskia, committing, mailoutbox):
        with committing():
            longer(copy, victor)

        (mail,) = [one for one in mailoutbox if saskia.person.email in one.to[0] and "langer" in one.subject]
        assert mail.subject == "Het antwoord op een advies duurt langer"
        assert "25 november 2026" in mail.body and REASON in mail.body

    def test_the_secretary_and_the_chair_are_told(self, copy, victor, saskia, chair):
        longer(copy, victor)

        told = Message.objects.filter(kind="advice.response_extended")
        assert {one.person for one in told} == {saskia.person, chair.person}

    def test_of_what_the_secretary_registers_only_the_authority_hears(self, copy, victor, saskia, chair):
        file = SimpleUploadedFile("brief.pdf", b"%PDF-1.7 brief")
        found = longer(copy, saskia, extended_on=date(2026, 10, 12), registered=True, original=file)

        assert (found.registered, found.extended_on, found.document.name) == (True, date(2026, 10, 12), "brief.pdf")
        told = Message.objects.filter(kind__in=["advice.response_extended", "advice.extension_registered"])
        assert [(one.kind, one.person) for one in told] == [("advice.extension_registered", victor.person)]
        assert AuditEvent.objects.filter(event="response.extension_registered").count() == 1

    def test_a_registered_one_needs_the_letter_and_a_day_after_the_advice(self, copy, saskia):
        with pytest.raises(Refused, match="Kies de brief of de mail als bestand"):
            longer(copy, saskia, extended_on=date(2026, 10, 12), registered=True)
        for day, field in ((SENT_ON - timedelta(days=1), "extended_on"), (TODAY + timedelta(days=1), "extended_on")):
            with pytest.raises(Refused) as refused:
                longer(
                    copy, saskia, extended_on=day, registered=True, original=SimpleUploadedFile("a.pdf", b"%PDF-1.7")
                )
            assert refused.value.field == field

    def test_without_a_rule_book_the_rules_are_silent(self, copy, council, victor):
        council.instruments.all().delete()
        proposal = Proposal(fresh(copy), ALLOWED, TODAY, allowed_by_rules(fresh(copy)))
        assert proposal.objections() == [RULES_SILENT]

    def test_the_form_proposes_the_day_of_the_rules_once(self, copy, victor):
        assert proposed_day(fresh(copy), TODAY) == ALLOWED
        assert proposed_day(fresh(copy), ALLOWED + timedelta(days=1)) is None
        longer(copy, victor, until=date(2026, 11, 10))
        assert proposed_day(fresh(copy), TODAY) is None


def page_of(client, url, data=None) -> tuple[int, str]:
    answer = client.get(url) if data is None else client.post(url, data)
    return answer.status_code, " ".join(answer.content.decode().split())


def typed(day: date, **more) -> dict[str, object]:
    return {"until_day": day.day, "until_month": day.month, "until_year": day.year, "reason": REASON, **more}


@pytest.mark.usefixtures("now")
class TestThePages:
    def test_the_civil_servant_takes_more_time(self, copy, authority, victor, sign_in):
        client, url = sign_in(victor), reverse("advice:extend_response", args=[authority.slug, copy.public_id])
        desk = reverse("advice:desk_letter", args=[authority.slug, copy.public_id])
        assert url in page_of(client, desk)[1]
        status, html = page_of(client, url)
        assert status == 200 and "U mag één keer verdagen, tot uiterlijk 25 november 2026." in html
        assert 'value="25"' in html and "Waarom deze datum?" in html and "Bewaar de nieuwe laatste dag." not in html

        assert client.post(url, typed(ALLOWED)).status_code == 302

        html = page_of(client, desk)[1]
        assert "25 november 2026" in html and REASON in html

    def test_a_warning_comes_first_and_nothing_typed_is_lost(self, copy, authority, victor, sign_in):
        client, url = sign_in(victor), reverse("advice:extend_response", args=[authority.slug, copy.public_id])
        late = date(2026, 12, 24)

        status, html = page_of(client, url, typed(late))

        assert status == 422 and not ResponseExtension.objects.exists()
        assert "Dit is later dan de regels toestaan." in html and "Bewaar de nieuwe laatste dag." in html
        assert REASON in html and 'value="24"' in html
        assert client.post(url, typed(late, anyway="on")).status_code == 302
        assert ResponseExtension.objects.get().until == late

    def test_a_day_that_is_not_later_is_told_at_its_field(self, copy, authority, victor, sign_in):
        url = reverse("advice:extend_response", args=[authority.slug, copy.public_id])

        status, html = page_of(sign_in(victor), url, typed(DUE))

        assert status == 422 and "Dit is niet later dan de laatste dag van nu." in html

    def test_the_secretary_puts_a_letter_on_file(self, copy, council, saskia, fatma, sign_in):
        client = sign_in(saskia)
        url = reverse("advice:register_extension", args=[council.slug, copy.public_id])
        letter = reverse("advice:letter", args=[council.slug, copy.letter.public_id])
        assert url in page_of(client, letter)[1]
        said = {"extended_on_day": 12, "extended_on_month": 10, "extended_on_year": 2026}
        assert page_of(client, url, typed(ALLOWED, **said))[0] == 422  # no file

        file = SimpleUploadedFile("brief.pdf", b"%PDF-1.7 brief")
        assert client.post(url, typed(ALLOWED, **said, original=file)).status_code == 302

        extension = ResponseExtension.objects.get()
        original = reverse("advice:extension_original", args=[council.slug, copy.public_id, extension.pk])
        html = page_of(sign_in(fatma), letter)[1]
        assert original in html and REASON in html
        assert b"".join(sign_in(fatma).get(original)) == b"%PDF-1.7 brief"

    def test_everyone_reads_that_it_was_put_off_and_why(self, copy, victor, client):
        longer(copy, victor)

        html = page_of(client, reverse("advice:public", args=[copy.council.slug, copy.letter.slug]))[1]

        assert "Gemeente Testdorp heeft het antwoord verdaagd tot 25 november 2026." in html
        assert REASON in html
        assert "De gemeente moet nog antwoorden. Dat gebeurt uiterlijk 25 november 2026." in html
        assert "28 oktober 2026" not in html

    def test_after_an_answer_the_page_leads_back(self, copy, authority, victor, sign_in):
        answered(copy, victor)
        url = reverse("advice:extend_response", args=[authority.slug, copy.public_id])

        assert sign_in(victor).get(url).status_code == 302


def test_a_longer_day_is_late_a_day_later(copy, victor):
    with time_machine.travel(TODAY):
        longer(copy, victor)
    for day, state in ((DUE + timedelta(days=1), "open"), (ALLOWED, "open"), (ALLOWED + timedelta(days=1), "late")):
        with time_machine.travel(day):
            assert standing_of(fresh(copy), copy.letter).state == state
