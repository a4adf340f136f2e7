"""Families of questions adjusted as by R's `p.adjust` (`reference/adjusting.R`)."""

import json
from pathlib import Path

import pytest

from trede.evaluation.adjusting import benjamini_hochberg, holm

_PATH = Path(__file__).parent / "reference" / "adjusting.json"
FAMILIES = json.loads(_PATH.read_text())["families"]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("adjust", "by"), [(holm, "holm"), (benjamini_hochberg, "bh")])
def test_a_whole_family_is_adjusted_as_in_r(family, adjust, by: str):
    found = adjust(family["p"])
    untested = [one is None for one in found]
    assert untested == [one is None for one in family[by]]
    assert [one for one in found if one is not None] == pytest.approx(
        [one for one in family[by] if one is not None], rel=1e-12
    )
