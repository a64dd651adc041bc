"""Faults of the mail server: told apart, kept without an address, said in words."""

import smtplib

import pytest
from django.conf import settings
from django.utils.translation import override

from portal import tasks
from portal.delivery_problems import address_is_dead, in_words, is_final, problem_of

ADDRESS = "nel@raad.test"


def refused(code: int, words: str = "") -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({ADDRESS: (code, words.encode())})


@pytest.mark.parametrize(
    ("fault", "kept", "final", "words"),
    [
        (refused(550, f"5.1.1 <{ADDRESS}> unknown"), "SMTP 550 5.1.1", True, "Het adres bestaat niet (550 5.1.1)."),
        (refused(550, "no such user"), "SMTP 550", True, "Het adres bestaat niet (550)."),
        (refused(450, "4.2.0 greylisted"), "SMTP 450 4.2.0", False,
         "De mailserver vraagt om het later weer te proberen (450 4.2.0)."),
        (refused(452, "4.2.2 over quota"), "SMTP 452 4.2.2", False,
         "Het postvak van de ontvanger is vol (452 4.2.2)."),
        (refused(421, "too many from 10.5.7.1 today"), "SMTP 421", False,
         "De mailserver vraagt om het later weer te proberen (421)."),
        (smtplib.SMTPDataError(554, b"5.7.1 spam"), "SMTP 554 5.7.1", True,
         "De mailserver van de ontvanger wil deze mail niet (554 5.7.1)."),
        (smtplib.SMTPDataError(552, b"5.3.4 too big"), "SMTP 552 5.3.4", True, "De mail is te groot (552 5.3.4)."),
        (smtplib.SMTPAuthenticationError(535, b"no"), "SMTP 535", False,
         "Onze eigen mailserver laat ons niet toe. Meld het bij de beheerder (535)."),
        (smtplib.SMTPSenderRefused(550, b"no", "post@raad.test"), "SENDER 550", False,
         "Onze eigen mailserver laat ons niet toe. Meld het bij de beheerder (550)."),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("SMTP") else "",
)  # fmt: skip
def test_a_fault_is_told_apart_and_said_in_words(fault, kept, final, words):
    assert problem_of(fault) == kept and ADDRESS not in kept
    assert is_final(fault) is final
    with override("nl"):
        assert in_words(kept) == words


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("", ""),
        ("DSN", "De mailserver heeft deze mail geweigerd."),
        ("TimeoutError", "De mailserver geeft geen antwoord."),
        ("ConnectionRefusedError", "De mailserver is niet te bereiken."),
        ("ZeroDivisionError", "Het portaal kon deze mail niet maken. Meld het bij de beheerder (ZeroDivisionError)."),
        ("the PDF is not there yet", "Het document bij deze mail wordt nog gemaakt."),
    ],
)
def test_a_fault_without_a_code_is_said_in_words_too(kept, words):
    with override("nl"):
        assert in_words(kept) == words


@pytest.mark.parametrize(
    ("kept", "dead"),
    [
        ("SMTP 550", True), ("SMTP 550 5.1.1", True), ("DSN 5.1.1", True), ("SMTP 550 5.2.1", True),
        ("SMTP 550 5.7.1", False), ("SMTP 554", False), ("SMTP 552 5.2.2", False), ("TimeoutError", False),
        ("SENDER 550", False),
    ],
)  # fmt: skip
def test_only_an_address_that_is_gone_is_dead(kept, dead):
    assert address_is_dead(kept) is dead


def test_one_try_is_shorter_than_its_lease():
    assert settings.EMAIL_TIMEOUT <= 30
    assert tasks.deliver.soft_time_limit < tasks.deliver.time_limit < settings.OUTBOX_LEASE
