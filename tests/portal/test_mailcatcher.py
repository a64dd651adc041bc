from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from portal.dates import long_datetime
from portal.mailcatcher import maildir
from portal.views.mailcatcher import sent_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(settings, tmp_path: Path) -> str:
    """One caught invitation: text, formatted text and a calendar file."""
    settings.EXAMPLE_INSTALLATION = True
    settings.VAR_DIR = tmp_path
    mail = EmailMessage()
    mail["From"], mail["To"] = "post@voorbeeld.example", "fatma@voorbeeld.example"
    mail["Subject"], mail["Date"] = "Uitnodiging <b>", "Tue, 12 May 2026 19:30:00 +0200"
    mail["X-Envelope-To"] = "fatma@voorbeeld.example"
    mail.set_content("Wij vergaderen op 12 mei.")
    mail.add_alternative("<p style='color:red'>Wij vergaderen</p><script>1</script>", subtype="html")
    mail.add_attachment(b"PK", maintype="application", subtype="zip", filename='stuk"en.zip')
    return maildir(tmp_path / "mail").add(mail.as_bytes())


def test_the_caught_mail_can_be_read(client: Client, key: str):
    listed = client.get(reverse("mailcatcher:list")).content.decode()
    assert "Uitnodiging &lt;b&gt;" in listed
    assert reverse("mailcatcher:message", args=[key]) in listed
    shown = client.get(reverse("mailcatcher:message", args=[key])).content.decode()
    assert "Wij vergaderen op 12 mei." in shown
    assert "stuk&quot;en.zip" in shown


@pytest.mark.parametrize("zone", ["-0000", "+0000"])
def test_the_moment_of_a_caught_mail_is_in_dutch_time(zone):
    mail = EmailMessage()
    mail["Date"] = f"Sun, 22 Nov 2026 03:45:00 {zone}"

    assert long_datetime(sent_at(mail)) == "zondag 22 november 2026 om 4.45 uur"


def test_a_formatted_message_runs_nothing(client: Client, key: str):
    part = client.get(reverse("mailcatcher:part", args=[key, 1]))
    assert part["Content-Type"] == "text/html; charset=utf-8"
    policy = part["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert not [rule for rule in policy if rule.startswith("script-src")]


def test_another_file_is_a_download(client: Client, key: str):
    part = client.get(reverse("mailcatcher:part", args=[key, 2]))
    assert part.content == b"PK"
    assert part["Content-Disposition"] == 'attachment; filename="stuk\\"en.zip"'


def test_what_is_not_there_is_not_found(client: Client, key: str):
    assert client.get(reverse("mailcatcher:message", args=["1"])).status_code == 404
    assert client.get(reverse("mailcatcher:part", args=[key, 9])).status_code == 404


def test_outside_the_example_installation_there_is_no_such_page(client: Client, key: str, settings):
    settings.EXAMPLE_INSTALLATION = False
    for address in (
        reverse("mailcatcher:list"),
        reverse("mailcatcher:message", args=[key]),
        reverse("mailcatcher:part", args=[key, 0]),
    ):
        assert client.get(address).status_code == 404
