"""What the researcher of the demo wrote: chapters that are, and no bare number."""

import re
import tomllib

from trede.demo.chapters import WORDS
from trede.reports.book.binding import REFERENCE
from trede.reports.book.order import KINDS, kind_of

TEXTS = tomllib.loads(WORDS.read_text(encoding="utf-8"))


def test_every_chapter_that_only_people_can_write_is_there():
    assert all(kind_of(chapter) for chapter in TEXTS)
    assert {kind.code for kind in KINDS if not kind.counted} <= set(TEXTS)


def test_a_number_comes_from_the_computation():
    for text in TEXTS.values():
        bare = REFERENCE.sub("", text)
        assert set(re.findall(r"\d+", bare)) <= {"2020"}
