"""The library is the same for all; a questionnaire that nobody made is nobody's."""

from tests.cast import Cast
from tests.doors.things import Things
from trede.questionnaires.library import shipped


def add(cast: Cast, things: Things) -> None:
    there = {"code": "short", "version": shipped("short").version, "language": "en"}
    things["own"] |= there
    things["colleague"] |= there
    things["elsewhere"] |= there | {"code": "no-such"}
