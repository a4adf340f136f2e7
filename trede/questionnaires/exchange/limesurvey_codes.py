"""Codes of LimeSurvey and codes of ours: each way the same code gives the same code.

Ours are small letters, digits and _; question codes there are letters and digits, 20 at
most, and answer codes 5 at most. Where a code fits, it stays as it is.
"""

import hashlib
import re
from collections.abc import Container, Iterable, Mapping

from trede.questionnaires.definition import Value

LONGEST = 60
_TITLE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,19}")
_ANSWER = re.compile(r"[A-Za-z0-9]{1,5}")
# Words that LimeSurvey uses itself.
_RESERVED = frozenset(
    {"lang", "sid", "savedid", "token", "seed", "self", "that", "this", "time"}
    | {"other", "comment", "startdate", "datestamp", "lastpage", "submitdate"}
)


def our_code(theirs: str, taken: Container[str]) -> str:
    """A code of ours: G1L becomes g1l, 2nd-try becomes q_2nd_try."""
    code = re.sub(r"[^a-z0-9_]", "_", theirs.lower())
    if not code[:1].isalpha():
        code = f"q_{code}"
    return _free(code[:LONGEST], taken, LONGEST)


def our_value(theirs: str, taken: Container[Value]) -> str:
    """A value of an answer keeps its capitals: A1 stays A1, -oth- becomes _oth_."""
    value = re.sub(r"\W", "_", theirs)[:LONGEST] or "_"
    return _free(value, taken, LONGEST)


def their_title(ours: str, taken: Container[str]) -> str:
    """A question code there: work_hours becomes workHours; too long is cut short."""
    words = re.sub(r"_([a-z])", lambda found: found.group(1).upper(), ours)
    title = words.replace("_", "Z0")
    fits = _TITLE.fullmatch(title) and title.lower() not in _RESERVED
    if fits and title not in taken:
        return title
    digest = hashlib.sha256(ours.encode()).hexdigest()
    return f"{re.sub('[^A-Za-z0-9]', '', words)[:12]}{digest[:8]}"


def their_answers(values: Iterable[Value]) -> Mapping[Value, str]:
    """Answer codes there; what does not fit gets A1, A2 and so on."""
    values = tuple(values)
    # Their codes do not tell capitals apart in every database.
    fitting = [str(value) for value in values if _fits(value)]
    taken = {code.lower() for code in fitting}
    clear = len(taken) == len(fitting)
    codes: dict[Value, str] = {}
    number = 0
    for value in values:
        if clear and _fits(value):
            codes[value] = str(value)
            continue
        number += 1
        while clear and f"a{number}" in taken:
            number += 1
        codes[value] = f"A{number}"
    return codes


def _fits(value: Value) -> bool:
    return bool(_ANSWER.fullmatch(str(value))) and str(value).lower() not in _RESERVED


def _free(code: str, taken: Container[Value] | Container[str], longest: int) -> str:
    """The code itself, or with the first number behind it that is free."""
    if code not in taken:
        return code
    number = 2
    while (numbered := f"{code[: longest - len(str(number)) - 1]}_{number}") in taken:
        number += 1
    return numbered
