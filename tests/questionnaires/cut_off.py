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
        self.since = time.monotonic()
        self.ahead = self.device.get("vooruit/").json()

    def keep(
        self,
        question: str,
        ago: float = 0,
        name: str = "",
        *,
        stops: bool = False,
        sound: bytes = b"",
        **fields: list[str],
    ) -> str:
        """Seal an answer that was given so many seconds ago, as the page reckons from
        the time that the platform told it."""
        name = name or str(uuid4())
        content = {
            "question": question,
            "fields": fields,
            "given_at": round(self.now() - ago * 1000),
            "language": self.ahead["language"],
            "stops": stops,
        }
        plain = json.dumps(content).encode() + (b"\0" + sound if sound else b"")
        nonce = os.urandom(12)
        cipher = AESGCM(base64.b64decode(self.ahead["key"]))
        locked = cipher.encrypt(nonce, plain, name.encode())
        box = base64.b64encode(nonce + locked).decode()
        self.waiting.append(
            {"name": name, "handle": self.ahead["handle"], "box": box, "cut_off": True}
        )
        return name

    def now(self) -> float:
        return self.ahead["now"] + (time.monotonic() - self.since) * 1000

    def send(self, client: Client | None = None) -> HttpResponse:
        """From any browser: what is sent proves itself."""
        return deliver(client or Client(), self.waiting)


def deliver(client: Client, waiting: list[dict[str, object]]) -> HttpResponse:
    said = {"waiting": waiting}
    return client.post(DELIVER, said, content_type="application/json")
