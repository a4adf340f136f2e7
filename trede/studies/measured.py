"""How many people were measured at each wave: the grid in one line a wave."""

from collections import Counter

from trede.evaluation.norms import default_norms
from trede.studies.dataset import Dataset

Json = dict[str, object]


def waves_of(dataset: Dataset) -> list[Json]:
    done = Counter(sitting.wave for sitting in dataset.sittings)
    retired = {wave.code: wave.retired_on for wave in dataset.rules.waves}
    return [
        {
            "wave": wave.code,
            "label": wave.label,
            "done": done[wave.code],
            "retired_on": str(retired[wave.code] or ""),
        }
        for wave in dataset.rules.waves
    ]


def waves_for_public(waves: list[Json]) -> list[Json]:
    """Without a number that is small, or that leaves a small one beside the first."""
    sensitive = default_norms().sensitive
    whole = next((int(str(each["done"])) for each in waves), 0)

    def may_be_told(done: int) -> bool:
        return not sensitive(done) and not sensitive(whole - done)

    return [
        each
        if may_be_told(int(str(each["done"])))
        else each | {"done": None, "suppressed": "withheld"}
        for each in waves
    ]
