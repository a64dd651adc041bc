"""Promises: the authority reports, the council agrees or not; nothing that was said is lost."""

import csv
import io
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advice.actions import promising
from advice.actions.promising import (
    check_commitment,
    finish_commitment,
    move_commitment,
    report_done,
    report_progress,
)
from advice.models import Commitment, CommitmentReport, Response
from advice.states import Check, ReportKind
from portal.access import Refused
from portal.models import AuditEvent, Message
from portal.states import MessageState
from portal.tasks import deliver
from tests import factories
from tests.advice.answers import many_letters, sent
from tests.advice.promises import TODAY, days, many_promises, paper, promised


@pytest.fixture
def promise(council, authority, saskia, victor):
    return promised(council, authority, saskia, victor, published=True)


def reports(promise) -> list[tuple]:
    return list(promise.reports.values_list("kind", "by_council", "text"))


def page(response) -> str:
    return " ".join(response.content.decode().split())


class TestTheAuthorityReports:
    def test_done_needs_one_proof_and_each_of_the_three_will_do(self, promise, victor, council, authority, saskia):
        with pytest.raises(Refused) as refused:
            report_done(promise, done_on=TODAY, proof="  ", by=victor.person)
        assert refused.value.field == "proof"
        assert not CommitmentReport.objects.exists()

        proofs = [{"proof": "Het busje rijdt."}, {"link": "https://www.testdorp.test/busje"}, {"upload": paper()}]
        for n, proof in enumerate(proofs):
            one = Commitment.objects.create(
                answer=promise.answer, council=council, authority=authority, text=f"Busje {n}", due_on=TODAY
            )
            report_done(one, done_on=TODAY, by=victor.person, **proof)
            one.refresh_from_db()
            said = ["Het busje rijdt.", "https://www.testdorp.test/busje", "bewijs.txt"][n]
            assert (one.done_on, one.proof, one.check_by_council) == (TODAY, said, "")

    def test_the_database_holds_it_too(self, promise):
        from django.db import IntegrityError, transaction

        own = {"commitment": promise, "council": promise.council, "authority": promise.authority}
        with pytest.raises(IntegrityError), transaction.atomic():
            CommitmentReport.objects.create(kind=ReportKind.DONE, by_council=False, happened_on=TODAY, **own)
        # the control: with a word it goes in
        CommitmentReport.objects.create(kind=ReportKind.DONE, by_council=False, happened_on=TODAY, text="Ja.", **own)

    def test_a_day_that_is_still_to_come_is_refused(self, promise, victor):
        with pytest.raises(Refused) as refused:
            report_done(promise, done_on=days(1), proof="Klaar.", by=victor.person)
        assert refused.value.field == "done_on"
        with pytest.raises(Refused) as refused:
            report_progress(promise, happened_on=days(1), text="Bijna.", by=victor.person)
        assert refused.value.field == "happened_on"

    def test_progress_twice_the_same_is_one_report(self, promise, victor):
        for _ in range(2):
            report_progress(promise, happened_on=TODAY, text="De  offerte is er.", by=victor.person)
        report_progress(promise, happened_on=TODAY, text="Het busje is besteld.", by=victor.person)
        assert reports(promise) == [
            ("progress", False, "De offerte is er."), ("progress", False, "Het busje is besteld."),
        ]  # fmt: skip
        promise.refresh_from_db()
        assert promise.done_on is None

    def test_a_new_last_day_needs_a_reason_and_shows_both_days(self, promise, victor):
        before = promise.due_on
        with pytest.raises(Refused) as refused:
            move_commitment(promise, due_on=days(60), owner="Team Wmo", by=victor.person)
        assert refused.value.field == "reason"
        with pytest.raises(Refused) as refused:
            move_commitment(promise, due_on=days(-1), owner="Team Wmo", reason="Later.", by=victor.person)
        assert refused.value.field == "due_on"
        with pytest.raises(Refused) as refused:
            move_commitment(promise, due_on=before, owner="Team Wmo", reason="Later.", by=victor.person)
        assert refused.value.field == "due_on"

        move_commitment(promise, due_on=days(60), owner="Team Vervoer", reason="De levering duurt.", by=victor.person)

        promise.refresh_from_db()
        assert (promise.due_on, promise.owner) == (days(60), "Team Vervoer")
        report = promise.reports.get()
        assert (report.kind, report.text) == (ReportKind.PROGRESS, "De levering duurt.")
        assert (report.due_before, report.due_after) == (before, days(60))
        assert (report.owner_before, report.owner_after) == ("Team Wmo", "Team Vervoer")

    def test_somebody_else_needs_no_reason(self, promise, victor):
        move_commitment(promise, owner="Team Vervoer", by=victor.person)
        report = promise.reports.get()
        assert (report.due_before, report.owner_after) == (None, "Team Vervoer")

    def test_said_twice_is_said_once(self, promise, victor, council):
        for proof in ("Het rijdt.", "Echt waar."):
            report_done(promise, done_on=TODAY, proof=proof, by=victor.person)
        assert reports(promise) == [("done", False, "Het rijdt.")]
        assert AuditEvent.objects.filter(event="commitment.reported_done").count() == 1


class TestTheCouncilChecks:
    def test_nothing_to_check_is_refused(self, promise, saskia):
        with pytest.raises(Refused):
            check_commitment(promise, agreed=True, by=saskia.person)

    def test_it_agrees(self, promise, saskia, victor):
        report_done(promise, done_on=TODAY, proof="Het rijdt.", by=victor.person)
        check_commitment(promise, agreed=True, by=saskia.person)
        promise.refresh_from_db()
        assert promise.is_kept
        for again in (
            lambda: report_progress(promise, happened_on=TODAY, text="Nog iets.", by=victor.person),
            lambda: move_commitment(promise, due_on=days(90), reason="Later.", by=victor.person),
        ):
            with pytest.raises(Refused):
                again()

    def test_no_needs_a_reason_and_the_authority_may_say_it_again(self, promise, saskia, victor):
        report_done(promise, done_on=TODAY, proof="Het rijdt.", by=victor.person)
        with pytest.raises(Refused) as refused:
            check_commitment(promise, agreed=False, why=" ", by=saskia.person)
        assert refused.value.field == "why"

        check_commitment(promise, agreed=False, why="Wij zien geen busje.", by=saskia.person)
        promise.refresh_from_db()
        assert (promise.done_on, promise.check_by_council) == (TODAY, Check.DISAGREED)

        report_progress(promise, happened_on=TODAY, text="Het busje was kapot.", by=victor.person)
        report_done(promise, done_on=TODAY, proof="Nu rijdt het.", by=victor.person)
        promise.refresh_from_db()
        assert (promise.proof, promise.check_by_council) == ("Nu rijdt het.", "")
        assert reports(promise) == [
            ("done", False, "Het rijdt."), ("disagreed", True, "Wij zien geen busje."),
            ("progress", False, "Het busje was kapot."), ("done", False, "Nu rijdt het."),
        ]  # fmt: skip

    def test_moving_the_day_does_not_hide_that_the_council_disagrees(self, promise, saskia, victor):
        report_done(promise, done_on=TODAY, proof="Het rijdt.", by=victor.person)
        check_commitment(promise, agreed=False, why="Wij zien geen busje.", by=saskia.person)
        move_commitment(promise, due_on=days(90), reason="Een nieuwe bus.", by=victor.person)
        promise.refresh_from_db()
        assert promise.is_disputed

    def test_who_did_not_read_the_newest_report_reads_it_first(self, promise, saskia, victor):
        report_done(promise, done_on=TODAY, proof="Het rijdt.", by=victor.person)
        first = promise.reports.get()
        check_commitment(promise, agreed=False, why="Nee.", by=saskia.person)
        report_done(promise, done_on=TODAY, proof="Nu echt.", by=victor.person)
        with pytest.raises(Refused):
            check_commitment(promise, agreed=True, seen=first.pk, by=saskia.person)
        check_commitment(promise, agreed=True, seen=promise.reports.last().pk, by=saskia.person)  # the control
        promise.refresh_from_db()
        assert promise.is_kept

    def test_the_council_says_itself_that_it_is_done(self, promise, saskia):
        finish_commitment(promise, done_on=TODAY, proof="Gezien op straat.", by=saskia.person)
        promise.refresh_from_db()
        assert promise.is_kept
        assert reports(promise) == [("done", True, "Gezien op straat.")]


@pytest.mark.django_db(transaction=True)
def test_two_reports_at_the_same_moment_are_one(council, authority, saskia, victor, monkeypatch):
    promise, start = promised(council, authority, saskia, victor), Barrier(2)
    careful = promising.refuse_without_proof

    def slowly(*given):  # long enough for the other to come by, were the promise not locked
        careful(*given)
        time.sleep(0.4)

    monkeypatch.setattr(promising, "refuse_without_proof", slowly)

    def submit(proof):
        start.wait()
        try:
            report_done(promise, done_on=TODAY, proof=proof, by=victor.person)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(submit, ["Het rijdt.", "Het rijdt echt."]))
    assert promise.reports.count() == 1
    assert Message.objects.filter(kind="advice.promise_done").count() == 1


class TestMessages:
    def told(self, kind: str) -> list[str]:
        return list(Message.objects.filter(kind=kind).order_by("pk").values_list("person__name", flat=True))

    def remind(self, apply: bool = True) -> str:
        out = io.StringIO()
        call_command("remind_commitments", *(["--apply"] if apply else []), stdout=out)
        return out.getvalue().strip()

    def given(self, ago: int) -> None:
        Response.objects.update(given_at=timezone.now() - timedelta(days=ago))

    @pytest.mark.parametrize(
        ("due", "kinds"),
        [(15, []), (14, ["near"]), (0, ["near"]), (-1, ["late"]), (-7, ["late"]), (-8, [])],
    )
    def test_two_weeks_before_and_the_day_after(self, promise, victor, due, kinds):
        self.given(40)
        Commitment.objects.update(due_on=days(due))
        assert "nothing done" in self.remind(apply=False)
        assert not Message.objects.filter(kind__startswith="advice.promise").exists()

        self.remind(), self.remind()

        found = {kind: self.told(f"advice.promise_{kind}") for kind in ("near", "late")}
        assert found == {kind: [victor.person.name] if kind in kinds else [] for kind in ("near", "late")}

    def test_what_moves_or_is_done_is_not_reminded_of(self, promise, victor, saskia, committing):
        self.given(40)
        Commitment.objects.update(due_on=days(3))
        self.remind()
        message = Message.objects.get(kind="advice.promise_near")
        move_commitment(Commitment.objects.get(), due_on=days(60), reason="Later.", by=victor.person)
        assert deliver(message.pk) == MessageState.DROPPED

        Commitment.objects.update(due_on=days(4))
        self.remind()
        second = Message.objects.filter(kind="advice.promise_near").latest("pk")
        assert second.pk != message.pk
        mail.outbox.clear()
        assert deliver(second.pk) == MessageState.SENT  # the control
        assert "Een nieuw busje" in mail.outbox[0].body and "Een nieuw busje" not in mail.outbox[0].subject

        Commitment.objects.update(due_on=days(-1))
        self.remind()
        finish_commitment(Commitment.objects.get(), done_on=TODAY, proof="Gezien.", by=saskia.person)
        assert deliver(Message.objects.get(kind="advice.promise_late").pk) == MessageState.DROPPED

    def test_without_anybody_on_the_portal_the_office_hears_it(self, promise, authority, victor):
        self.given(40)
        victor.person.appointments.update(ends_on=days(-1))
        Commitment.objects.update(due_on=days(3))
        self.remind()
        assert self.told("advice.promise_near") == [authority.office.name]

    def test_done_is_told_to_the_council_and_no_to_the_authority(self, promise, victor, saskia, chair, fatma):
        report_done(promise, done_on=TODAY, proof="Het rijdt.", by=victor.person)
        assert self.told("advice.promise_done") == [saskia.person.name]
        done = Message.objects.get(kind="advice.promise_done")

        check_commitment(promise, agreed=False, why="Mevrouw Jansen wacht nog.", by=saskia.person)
        assert self.told("advice.promise_disputed") == [victor.person.name]
        assert deliver(done.pk) == MessageState.DROPPED  # it was checked meanwhile
        mail.outbox.clear()
        assert deliver(Message.objects.get(kind="advice.promise_disputed").pk) == MessageState.SENT
        assert mail.outbox[0].subject == "De adviesraad vindt een toezegging nog niet klaar"
        assert "Jansen" not in mail.outbox[0].body

    def test_agreeing_is_told_to_nobody(self, promise, victor, saskia):
        report_done(promise, done_on=TODAY, proof="Het rijdt.", by=victor.person)
        check_commitment(promise, agreed=True, by=saskia.person)
        assert self.told("advice.promise_disputed") == []


class TestPages:
    def test_both_sides_report_and_check_with_everything_typed_kept(self, promise, sign_in, victor, saskia, council):
        at_desk, in_room = sign_in(victor), sign_in(saskia)
        desk = [promise.authority.slug, promise.pk]
        refused = at_desk.post(reverse("advice:report_done", args=desk), {"done_on_day": "1", "link": "geen adres"})
        assert refused.status_code == 422
        assert 'value="geen adres"' in page(refused)
        empty = at_desk.post(reverse("advice:report_done", args=desk), {"done_on": TODAY.isoformat()})
        assert empty.status_code == 422 and 'id="id_proof_error"' in page(empty)

        told = at_desk.post(
            reverse("advice:report_done", args=desk),
            {"done_on": TODAY.isoformat(), "link": "https://www.testdorp.test/busje", "upload": paper()}, follow=True,
        )  # fmt: skip
        assert "Adviesraad Testdorp krijgt een bericht" in page(told)
        assert "Kijk of u het ermee eens bent: “Een nieuw busje” is klaar" in page(
            in_room.get(f"/raad/{council.slug}/")
        )

        room = [council.slug, promise.pk]
        no = in_room.post(reverse("advice:check_commitment", args=room), {"agreed": "no"})
        assert no.status_code == 422 and "Schrijf op waarom u niet akkoord bent." in page(no)
        in_room.post(reverse("advice:check_commitment", args=room), {"agreed": "no", "why": "Wij zien geen busje."})
        promise.refresh_from_db()
        assert promise.is_disputed
        assert "De adviesraad is niet akkoord: “Een nieuw busje”" in page(at_desk.get(f"/bestuur/{desk[0]}/"))

    def test_everyone_sees_both_and_never_a_file(self, promise, client, victor, saskia):
        report_done(promise, done_on=TODAY, proof="Het rijdt.", upload=paper("geheim.txt"), by=victor.person)
        letter = promise.answer.response.copy.letter
        address = reverse("advice:public", args=[letter.council.slug, letter.slug])
        assert "Adviesraad: kijkt er nog naar" in page(client.get(address))
        check_commitment(promise, agreed=False, why="Wij zien geen busje.", by=saskia.person)
        for url in (address, reverse("advice:what_came", args=[letter.council.slug])):
            html = page(client.get(url))
            assert "Gemeente: klaar" in html and "Adviesraad: niet akkoord" in html
            assert "Het rijdt." in html and "Wij zien geen busje." in html
            assert "geheim.txt" not in html and victor.person.name not in html

    def test_a_promise_of_an_answer_that_is_not_given_does_not_exist(self, promise, sign_in, saskia):
        url = reverse("advice:commitment", args=[promise.council.slug, promise.pk])
        assert sign_in(saskia).get(url).status_code == 200  # the control
        Response.objects.update(state="draft")
        assert sign_in(saskia).get(url).status_code == 404

    def test_the_lists_count_what_they_show(self, council, authority, saskia, sign_in):
        copies = many_letters(council, authority, 1)
        many_promises([copies[0]], 12)
        html = page(sign_in(saskia).get(reverse("advice:commitments", args=[council.slug])))
        assert all(f"{name} (3)" in html for name in ("Nog niet nagekomen", "Adviesraad kijkt nog", "Nagekomen"))
        assert html.index("Toezegging 0") < html.index("Toezegging 8")  # late first: days -2, then 1

    @pytest.mark.parametrize("side", ["room", "desk"])
    def test_a_thousand_ask_as_much_as_ten(self, council, authority, saskia, victor, sign_in, side):
        client = sign_in(saskia if side == "room" else victor)
        slug = council.slug if side == "room" else authority.slug
        names = ["commitments", "commitments_csv"] if side == "room" else ["desk_commitments", "desk_commitments_csv"]
        urls = [reverse(f"advice:{name}", args=[slug]) for name in names]
        urls += [f"{urls[0]}?lijst={name}" for name in ("kijken", "oneens", "klaar")]
        copies, counts = many_letters(council, authority, 20), []
        for number in (1, 99):
            many_promises(copies, number)
            client.get(urls[0])
            found = []
            for url in urls:
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(url).status_code == 200
                found.append(len(queries))
            counts.append(found)
        assert Commitment.objects.count() == 1000
        assert counts[0][0] == counts[1][0] and counts[0][1] == counts[1][1]
        assert max(counts[1]) <= 10
        print(side, counts)

    def test_the_spreadsheet_runs_no_formula(self, promise, victor, sign_in):
        Commitment.objects.update(text='=HYPERLINK("http://kwaad.test")')
        url = reverse("advice:desk_commitments_csv", args=[promise.authority.slug])
        rows = list(csv.reader(io.StringIO(sign_in(victor).get(url).content.decode("utf-8-sig")), delimiter=";"))
        assert len(rows) == 2 and rows[1][3].startswith("'=HYPERLINK")

    def test_a_council_reads_only_its_own(self, promise, stijn, bart, sign_in):
        for user, name, slug in (
            (stijn, "advice:commitment", promise.council.slug),
            (bart, "advice:desk_commitment", promise.authority.slug),
        ):  # fmt: skip
            assert sign_in(user).get(reverse(name, args=[slug, promise.pk])).status_code == 404


def test_two_councils_of_one_authority_do_not_see_each_other(promise, authority, sign_in):
    other = factories.CouncilFactory(name="Tweede raad", slug="tweede-raad")
    factories.ServedBodyFactory(council=other, authority=authority)
    user = factories.UserFactory(person=factories.PersonFactory(name="Olav", email="olav@testdorp.test"))
    factories.MembershipFactory(person=user.person, council=other, secretary=True)
    for council, status in ((promise.council, 404), (other, 404)):
        url = reverse("advice:commitment", args=[council.slug, promise.pk])
        assert sign_in(user).get(url).status_code == status
    assert "Een nieuw busje" not in page(sign_in(user).get(reverse("advice:commitments", args=[other.slug])))


def test_sent_without_a_promise_has_empty_lists(council, authority, saskia, sign_in):
    sent(council, authority, saskia)
    html = page(sign_in(saskia).get(reverse("advice:commitments", args=[council.slug])))
    assert "Er staat geen toezegging open." in html and ".csv" not in html
