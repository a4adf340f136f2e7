"""In which languages the intake is asked, and who vouches for the words.

What is offered follows from the questionnaire and tells nothing of anybody. How many
answered in which language is for the researcher alone: few people speak some of them,
and that one person did would already be told by the name of the language.
"""

from collections import Counter
from typing import cast

from trede.accounts.refusing import Refused
from trede.pilots.models import Pilot
from trede.questionnaires.translating import states_for
from trede.studies.baselines import INTAKE
from trede.studies.dataset import Dataset

Json = dict[str, object]


def languages_of(dataset: Dataset, pilot: Pilot) -> Json:
    counted = Counter(
        (language, status)
        for wave, language, status in dataset.frame.select(
            "wave", "language", "translation"
        ).iter_rows()
        if wave == INTAKE
    )
    return {
        "offered": _offered(dataset, pilot),
        "used": [
            {"language": language, "status": status, "n": n}
            for (language, status), n in sorted(counted.items())
        ],
    }


def languages_for_public(languages: Json) -> Json:
    return {"offered": languages["offered"], "used": []}


def _offered(dataset: Dataset, pilot: Pilot) -> list[Json]:
    asked = (w.questionnaire for w in dataset.rules.waves if w.code == INTAKE)
    code = next(asked, "")
    try:
        states = states_for(code, dataset.rules, town=pilot.municipality_id)
    except Refused:
        # The file names a questionnaire that is not there any more: none is asked now.
        return []
    return [
        {
            "language": state.language,
            "status": state.status and str(state.status),
            "vouched_by": state.vouched_by,
        }
        for state in states
    ]


def offered(languages: Json) -> list[Json]:
    return cast(list[Json], languages["offered"])


def used(languages: Json) -> list[Json]:
    return cast(list[Json], languages["used"])
