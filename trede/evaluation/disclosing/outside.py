"""Those who proved not to belong in the study, where they are few.

They are in no estimate and are nobody's missing answer, so that beside tables and a
total that count them a subtraction tells how many they were. Where that gives them
away, they are counted with those who left: they have no second measurement either, so
what changed stays the same.
"""

from typing import cast

from trede.evaluation.disclosing.reading import Json
from trede.evaluation.norms import Norms
from trede.evaluation.running.configuration import Configuration
from trede.evaluation.running.exits import tells_kinds
from trede.evaluation.running.laying_out import People, lay_out
from trede.evaluation.running.wrong_columns import DROPOUT, INELIGIBLE, kind_column


def few_outside(people: People, norms: Norms) -> bool:
    """Whether it may not be told how many proved not to belong."""
    if not people.has("status"):
        return False
    return norms.sensitive(int((people.labels("status") == INELIGIBLE).sum()))


def counted_together(people: People, configuration: Configuration) -> People:
    """The same people, with who proved not to belong among those who left."""
    name = people.columns["status"]
    kinds = [kind_column(one) for one in people.outcomes if tells_kinds(people, one)]
    told = [people.frame[c].replace(INELIGIBLE, DROPOUT) for c in (name, *kinds)]
    scores = [c for c in people.frame.columns if c.rpartition("_")[0] in people.scores]
    return lay_out(people.frame.drop(scores).with_columns(told), configuration)


def without_status(analysis: Json) -> Json:
    """Told apart, these few would be known; told as none, it would be untrue."""
    return analysis | {"flow": cast(Json, analysis["flow"]) | {"status": None}}
