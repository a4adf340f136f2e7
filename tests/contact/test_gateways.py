"""By which way a message leaves, and what an operator sets for it."""

from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from trede import environment
from trede.contact import gateways

ASKED = {"number": "+31612345678", "text": "Hallo", "reference": "reminder-1"}


class Kept:
    """A provider of ours that remembers what it was given."""

    given: list[dict[str, str]] = []

    def send(self, **about: str) -> None:
        self.given.append(about)


def test_the_gateway_that_the_operator_names_gets_the_text(settings):
    settings.SMS_GATEWAY = f"{__name__}.Kept"
    Kept.given.clear()
    gateways.send_sms(**ASKED, invented=False)
    assert Kept.given == [ASKED]


def test_the_same_text_twice_is_one_file_that_nobody_else_reads(
    settings, tmp_path: Path
):
    settings.SMS_FOLDER = tmp_path / "deep" / "sms"
    for _time in range(2):
        gateways.Folder().send(**ASKED)
    (file,) = settings.SMS_FOLDER.iterdir()
    assert file.read_text() == "+31612345678\n\nHallo\n"
    assert oct(settings.SMS_FOLDER.stat().st_mode)[-3:] == "700"


def test_a_folder_that_cannot_be_written_to_says_so(settings, tmp_path: Path):
    (tmp_path / "sms").write_text("a file stands in the way")
    settings.SMS_FOLDER = tmp_path / "sms"
    with pytest.raises(gateways.NotSent, match="folder"):
        gateways.Folder().send(**ASKED)


def test_an_email_says_that_no_human_wrote_it():
    gateways.send_email(
        address="m@example.nl",
        subject="Hallo",
        text="Dag",
        reference="reminder-1",
        invented=False,
    )
    assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"


def test_an_invented_person_gets_a_file(settings, tmp_path: Path):
    settings.EMAIL_FILE_PATH = str(tmp_path / "email")
    gateways.send_email(
        address="m@example.nl", subject="x", text="y", reference="r-1", invented=True
    )
    assert mail.outbox == []
    (file,) = (tmp_path / "email").iterdir()
    assert "m@example.nl" in file.read_text()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", environment.Mail("filebased")),
        ("smtp://relay", environment.Mail("smtp", "relay", 25)),
        (
            "smtp+tls://ik:ge%40heim@mail.nl",
            environment.Mail("smtp", "mail.nl", 587, "ik", "ge@heim", True),
        ),
        (
            "smtps://mail.nl:4650",
            environment.Mail("smtp", "mail.nl", 4650, tls=True),
        ),
    ],
)
def test_a_mail_server_is_one_address(monkeypatch, url: str, expected: object):
    monkeypatch.setenv("TREDE_TEST_MAIL", url)
    assert environment.mail("TREDE_TEST_MAIL") == expected


@pytest.mark.parametrize("url", ["mail.nl", "http://mail.nl", "smtp://", "smtp:mail"])
def test_an_address_that_makes_no_sense_stops_the_start(monkeypatch, url: str):
    monkeypatch.setenv("TREDE_TEST_MAIL", url)
    with pytest.raises(ImproperlyConfigured, match="smtp"):
        environment.mail("TREDE_TEST_MAIL")
