"""By which way a message leaves: an e-mail through Django, a text through a plug.

An operator names the class of a gateway for text messages in `TREDE_SMS`. Without one,
messages are written to a folder, one file each. What is for invented people is written
to the folder always: a made-up number may be somebody's.
"""

import os
import smtplib
import socket
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

ON_FILE = "django.core.mail.backends.filebased.EmailBackend"
# The mail server said no, or was never spoken to: nothing has left.
NEVER_LEFT = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
    smtplib.SMTPDataError,
    ConnectionRefusedError,
    socket.gaierror,
)
REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused)


class NotSent(Exception):
    """It certainly did not leave. The message says why, in words for the coordinator;
    `again` when another try may help."""

    def __init__(self, message: str, *, again: bool = True) -> None:
        super().__init__(message)
        self.message, self.again = message, again


class Gateway(Protocol):
    """The plug: a class without arguments."""

    def send(self, *, number: str, text: str, reference: str) -> None:
        """Hand a text over. Raises `NotSent` when it certainly did not leave; any other
        exception means that nobody knows. `reference` is the same at every attempt: a
        provider that looks at it sends a text once."""


class Folder:
    """Writes each text to a file of its own; the same one twice is one file."""

    def send(self, *, number: str, text: str, reference: str) -> None:
        folder = Path(settings.SMS_FOLDER)
        try:
            _shut_off(folder)
            with os.fdopen(
                os.open(
                    folder / f"{reference}.txt",
                    os.O_WRONLY | os.O_CREAT | os.O_TRUNC,
                    0o600,
                ),
                "w",
                encoding="utf-8",
            ) as file:
                file.write(f"{number}\n\n{text}\n")
        except OSError as problem:
            raise NotSent(
                _("The folder for text messages cannot be written to.")
            ) from problem


def send_sms(*, number: str, text: str, reference: str, invented: bool) -> None:
    gateway: Gateway = Folder() if invented else import_string(settings.SMS_GATEWAY)()
    gateway.send(number=number, text=text, reference=reference)


def send_email(
    *, address: str, subject: str, text: str, reference: str, invented: bool
) -> None:
    if invented or settings.EMAIL_BACKEND == ON_FILE:
        _shut_off(Path(settings.EMAIL_FILE_PATH))
    connection = get_connection(ON_FILE) if invented else get_connection()
    message = EmailMessage(
        subject,
        text,
        to=[address],
        connection=connection,
        # The mark of a message that nobody wrote by hand: no machine answers it.
        headers={"Auto-Submitted": "auto-generated", "X-Trede-Reference": reference},
    )
    try:
        message.send()
    except REFUSED as problem:
        raise NotSent(
            _("The mail server does not take this address. Is it right?"), again=False
        ) from problem
    except NEVER_LEFT as problem:
        raise NotSent(_("The mail server cannot be reached.")) from problem


def _shut_off(folder: Path) -> None:
    """Addresses and numbers stand in it, so nobody else on the server looks in."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
