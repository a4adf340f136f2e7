"""A number is grouped in one way, whoever typed it."""

import pytest

from trede.formats.telephone import telephone_shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("+31612345678", "06 12345678"),
        ("06-12345678", "06 12345678"),
        ("0240000000", "024 000 00 00"),
        ("024 000 0000", "024 000 00 00"),
        ("+31 88 0000024", "088 000 00 24"),
        ("0485-123456", "0485 123 456"),
        ("14024", "14 024"),
        ("+32 2 555 12 12", "+32 2 555 12 12"),
        ("024 000 00 00, toestel 3", "024 000 00 00, toestel 3"),
        ("bel de balie", "bel de balie"),
        ("", ""),
    ],
)
def test_a_number_is_grouped_as_it_is_read_out(typed: str, shown: str) -> None:
    assert telephone_shown(typed) == shown
    assert telephone_shown(shown) == shown
