"""An intake on Sanne's desk: a candidate of the Nijmegen pilot, and each step of it."""

import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.cast import Cast
from tests.people.making import make_person
from trede.accounts.acting import Actor
from trede.inflow import intake, signing, stages
from trede.inflow.models import Candidate, Intake, Stage
from trede.people.models import Person, Purpose, StoredFile
from trede.pilots.loading import load_pilot
from trede.pilots.models import Pilot
from trede.pilots.reading import read_rules

FILE = Path(read_rules.__code__.co_filename).parent / "approaches" / "nijmegen.toml"
TEXT = FILE.read_text(encoding="utf-8")
AT = datetime(2020, 2, 10, 9, 0, tzinfo=UTC)
YES_TO_ALL = dict.fromkeys(Purpose, True)
NO_TO_ALL = dict.fromkeys(Purpose, False)


@dataclass
class IntakeDesk:
    cast: Cast
    pilot: Pilot
    candidate: Candidate

    @property
    def by(self) -> Actor:
        return self.cast.by("sanne")

    @property
    def person(self) -> Person:
        return self.candidate.person

    def begin(self, at: datetime = AT, **more: object) -> Intake:
        return intake.begin(
            candidate=self.candidate,
            coach=self.cast.sanne,
            location="Wijkcentrum",
            by=self.by,
            at=at,
            **more,
        )

    def informed(self, at: datetime = AT, **more: object) -> Intake:
        return intake.inform(intake=self.begin(at, **more), by=self.by, at=at)

    def sign(
        self,
        now: Intake,
        decisions: dict[Purpose, bool] = YES_TO_ALL,
        *,
        name: str = "Nadia Yıldız",
        at: datetime = AT + timedelta(minutes=20),
        **more: object,
    ) -> StoredFile:
        given = {"signature_png": None, "language": "nl"} | more
        return signing.sign(
            intake=now,
            decisions=decisions,
            typed_name=name,
            by=self.by,
            at=at,
            **given,
        )

    def signed(self, decisions: dict[Purpose, bool] = YES_TO_ALL) -> Intake:
        now = self.informed()
        self.sign(now, decisions)
        now.refresh_from_db()
        return now

    def end(
        self, now: Intake, outcome: str, at: datetime = AT, **more: object
    ) -> Intake:
        return intake.end(
            intake=now, outcome=Intake.Outcome(outcome), by=self.by, at=at, **more
        )


def make_pilot(cast: Cast) -> Pilot:
    pilot = load_pilot(
        text=TEXT,
        municipality=cast.here,
        reason="the start",
        by=cast.by("aad"),
        at=AT,
    )
    cast.sign_in_with_a_password()
    return pilot


def make_candidate(cast: Cast, pilot: Pilot, person: Person) -> Candidate:
    candidate = Candidate.objects.create(
        person=person, pilot=pilot, since_on=AT.date(), stage_since=AT
    )
    stages.enter([candidate], by=cast.by("sanne"), at=AT)
    stages.move(candidate=candidate, to=Stage.WAITING, by=cast.by("sanne"), at=AT)
    return candidate


def make_desk(cast: Cast) -> IntakeDesk:
    pilot = make_pilot(cast)
    person = make_person(cast, coach=cast.sanne, birth_date="1975-00-00")
    return IntakeDesk(cast, pilot, make_candidate(cast, pilot, person))


def a_png(width: int = 8, height: int = 8, extra: bytes = b"") -> bytes:
    """A white drawing, as a canvas gives it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\xff" * (3 * width)) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + extra
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
