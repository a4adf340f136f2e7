"""What a design allows to be said.

Without a comparison at the same time a difference between two moments is a *change*:
regression to the mean, the season and the state of the labour market are in it. Only
beside people who were measured in the same period without a trajectory is it an
*effect*. The words of every output follow from here.

| design | compares | word |
|---|---|---|
| pre_post | people with themselves, before and after | change |
| waiting_list | who started by lot with who waited | effect |
| control_group | participants with people reached by a survey | effect |
| several_pilots | the changes of pilots with each other | change |
"""

from enum import StrEnum
from typing import Literal

Word = Literal["change", "effect"]


class Design(StrEnum):
    """How the figures of a run came about."""

    PRE_POST = "pre_post"
    WAITING_LIST = "waiting_list"
    CONTROL_GROUP = "control_group"
    SEVERAL_PILOTS = "several_pilots"

    @property
    def compares_at_the_same_time(self) -> bool:
        """Whether there are people without a trajectory in the same period."""
        return self in (Design.WAITING_LIST, Design.CONTROL_GROUP)

    @property
    def word(self) -> Word:
        """What a difference may be called under this design."""
        return "effect" if self.compares_at_the_same_time else "change"
