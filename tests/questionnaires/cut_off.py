"""A device without a line, as js/sitting.js has it: answers sealed, and sent later."""

import base64
import json
import os
import time
from dataclasses import dataclass, field
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.http import HttpResponse
from django.test import Client

from tests.questionnaires.devices import Device

DELIVER = "/vragenlijst/nasturen/"


@dataclass
class CutOff:
    device: Device
    waiting: list[dict[str, object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ahead = self.device.get("vooruit/").json()

    def keep(
        self,
        question: str,
        ago: float = 0,
        name: str = "",
        *,
        stops: bool = False,
        **fields: list[str],
    ) -> str:
        """Seal an answer that was given so many seconds ago."""
        name = name or str(uuid4())
        content = {
            "question": question,
            "fields": fields,
            "given_at": (time.time() - ago) * 1000,
            "language": self.ahead["language"],
            "stops": stops,
        }
        nonce = os.urandom(12)
        cipher = AESGCM(base64.b64decode(self.ahead["key"]))
        locked = cipher.encrypt(nonce, json.dumps(content).encode(), name.encode())
        box = base64.b64encode(nonce + locked).decode()
        self.waiting.append(
            {"name": name, "handle": self.ahead["handle"], "box": box, "cut_off": True}
        )
        return name

    def send(self, client: Client | None = None, clock: float = 0) -> HttpResponse:
        """From any browser: what is sent proves itself. `clock` is how far wrong the
        device's own clock is, in seconds."""
        return deliver(client or Client(), self.waiting, clock)


def deliver(
    client: Client, waiting: list[dict[str, object]], clock: float = 0
) -> HttpResponse:
    said = {"sent_at": (time.time() + clock) * 1000, "waiting": waiting}
    return client.post(DELIVER, said, content_type="application/json")
