"""The list of everybody who was to be reached, as a configuration names it.

```toml
[list]
file = "target_list.csv"
reached = "spoken_to"
known = ["sex", "age_band", "quarter"]
```
"""

from collections.abc import Mapping
from dataclasses import dataclass

from trede.evaluation.running.written_values import names, refuse_unknown

LIST = {"file", "reached", "known"}


@dataclass(frozen=True, slots=True)
class ListAsked:
    """A file beside the configuration with a row for everybody; `reached` is 1 or 0,
    and `known` are the columns that are compared."""

    file: str
    reached: str
    known: tuple[str, ...]


def list_asked(data: Mapping[str, object], problems: list[str]) -> ListAsked | None:
    given = data.get("list")
    if given is None:
        return None
    if not isinstance(given, dict):
        problems.append('"list" must be a table: [list].')
        return None
    refuse_unknown(given, LIST, "list.", problems)
    known = names(given, "known", problems)
    file, reached = given.get("file"), given.get("reached")
    if not (isinstance(file, str) and isinstance(reached, str) and known):
        problems.append(
            "[list] needs a file, a column that says who was reached (reached) and the"
            " columns that are compared (known)."
        )
        return None
    return ListAsked(file, reached, known)
