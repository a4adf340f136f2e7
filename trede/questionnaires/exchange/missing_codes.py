"""The numbers that stand for a missing answer in files of other programs.

Four reasons stay four numbers, below anything that can be answered. "Not named" is no
missing answer but a "no": an activity that was not ticked.
"""

from collections.abc import Mapping
from typing import Final

from trede.questionnaires.answering import Missing

CODES: Final[Mapping[str, int]] = {
    Missing.REFUSED: -99,
    Missing.DONT_KNOW: -98,
    Missing.SKIPPED: -97,
    Missing.NOT_ASKED: -96,
}
NOT_NAMED: Final = -95
LOWEST: Final = min(CODES.values())
