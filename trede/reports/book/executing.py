"""How the guidance was carried out, in the numbers that the system counts already.

In the public view these are numbers of acts in tens, and what few people stand behind
is said to be not shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from trede.contact.models import Channel
from trede.reports.book.marking import Block, paragraph
from trede.reports.figures_json import Json
from trede.reports.wording import Words, number

ACTS: Words = {
    "contacts": pgettext_lazy("acts", "Contacts and attempts"),
    "spoken": pgettext_lazy("acts", "Times that somebody was spoken to"),
    "asked_by_person": pgettext_lazy("acts", "Talks that the person asked for"),
    "letters": pgettext_lazy("acts", "Letters"),
    "trajectories": pgettext_lazy("acts", "Trajectories begun"),
    "closings": pgettext_lazy("acts", "Trajectories closed"),
    "pauses": pgettext_lazy("acts", "Pauses"),
    "hand_overs": pgettext_lazy("acts", "Hand-overs to another coach"),
    "goals": pgettext_lazy("acts", "Goals set"),
    "steps": pgettext_lazy("acts", "Steps planned"),
    "steps_together": pgettext_lazy("acts", "Steps that the coach went along to"),
}
_SPOKEN = "spoken."


def acts_in(results: Json) -> list[Json]:
    return cast(list[Json], results.get("carried_out") or [])


def execution(results: Json, *, public: bool) -> Iterator[Block]:
    counted = acts_in(results)
    if not counted:
        yield paragraph(_("This computation did not count what was done."))
        return
    by_code = {str(act["code"]): act for act in counted}
    told = [
        (str(words), _told(by_code[c])) for c, words in ACTS.items() if c in by_code
    ]
    place = next((i for i, act in enumerate(ACTS) if act == "spoken"), 0) + 1
    told[place:place] = list(_channels(by_code))
    yield Block("pairs", pairs=tuple(told))
    if public:
        yield paragraph(
            _(
                "These are numbers of acts, not of people, rounded to tens. What was"
                " done with fewer than ten people is not shown."
            )
        )


def _channels(by_code: Mapping[str, Json]) -> Sequence[tuple[str, str]]:
    """Of the talks, by which way; those that nobody used are left out."""
    labels = dict(Channel.choices)
    found = []
    for code, act in by_code.items():
        channel = code.removeprefix(_SPOKEN)
        if code.startswith(_SPOKEN) and act["n"] != 0 and channel in labels:
            told = _("of which by %(channel)s") % {"channel": labels[channel]}
            label = f"– {told}"
            found.append((label, _told(act)))
    return found


def _told(act: Json) -> str:
    return _("not shown") if act["n"] is None else number(act["n"])
