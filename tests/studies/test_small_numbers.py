"""Small numbers beside their whole stay hidden, also from who subtracts."""

from hypothesis import given
from hypothesis import strategies as st

from trede.evaluation.norms import default_norms
from trede.studies.small_numbers import guarded, rough

PARTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1)


@given(PARTS)
def test_nobody_reckons_a_small_number(parts: dict[str, int]):
    shown = guarded(parts)
    sensitive = default_norms().sensitive
    assert all(n is None or n == parts[name] for name, n in shown.items())
    assert not any(sensitive(n) for n in shown.values() if n is not None)
    hidden = [parts[name] for name, n in shown.items() if n is None]
    if hidden and sum(n > 0 for n in parts.values()) > 1:
        # The whole is known, so what is hidden together is known: not one, not few.
        assert len(hidden) > 1
        assert not sensitive(sum(hidden)) or all(
            shown[name] is None for name in parts if parts[name]
        )


@given(PARTS)
def test_nothing_is_hidden_where_nothing_is_small(parts: dict[str, int]):
    large = {name: n * 10 for name, n in parts.items()}
    assert guarded(large) == large


def test_a_number_in_a_text_is_told_roughly_when_it_is_small():
    assert [rough(n) for n in (0, 1, 4, 5, 60)] == ["0", "1–4", "1–4", "5", "60"]
