"""What LimeSurvey does besides asking, and Trede does not: listed where it is present.

A setting counts as present when it changes what is asked, of whom, in which order, or
which answers are accepted. How a page looks there is no loss.
"""

import re
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.questionnaires.exchange.limesurvey_survey import Group, Item, Survey
from trede.questionnaires.exchange.losses import Losses

# Names the boxes that take the tick off all others.
ALONE = "exclude_all_others"
_UNSET = frozenset({"", "0", "N", "no", "normal", "none", "off"})


def _how_many() -> str:
    return _("How many answers somebody gives is not limited here.")


def _excluding() -> str:
    return _("An answer does not rule out the others here.")


def _filtered() -> str:
    return _("Every row is asked, also where LimeSurvey leaves some out.")


def _order() -> str:
    return _("The order is the same for everybody here.")


def _checked() -> str:
    return _("Answers are not checked in this way here.")


def _no_hurry() -> str:
    return _("There is no time limit here.")


def _no_map() -> str:
    return _("A place is not pointed out on a map here.")


def _any_date() -> str:
    return _("Every date is accepted here.")


_ATTRIBUTES: Mapping[str, Callable[[], str]] = {
    "min_answers": _how_many,
    "max_answers": _how_many,
    "max_subquestions": _how_many,
    ALONE: _excluding,
    "exclude_all_others_auto": _excluding,
    "array_filter": _filtered,
    "array_filter_exclude": _filtered,
    "random_order": _order,
    "answer_order": _order,
    "subquestion_order": _order,
    "random_group": _order,
    "alphasort": _order,
    "em_validation_q": _checked,
    "em_validation_sq": _checked,
    "equals_num_value": _checked,
    "min_num_value": _checked,
    "max_num_value": _checked,
    "numbers_only": _checked,
    "other_numbers_only": _checked,
    "other_comment_mandatory": _checked,
    "time_limit": _no_hurry,
    "location_mapservice": _no_map,
    "date_min": _any_date,
    "date_max": _any_date,
}


def alone_in(item: Item) -> frozenset[str]:
    """The boxes that go with no other, where boxes are asked as one question."""
    written = item.attribute(ALONE) if item.type in ("M", "P") else ""
    return frozenset(re.split(r"[;,\s]+", written)) - {""}


def list_of_question(item: Item, losses: Losses) -> None:
    for name, why in _ATTRIBUTES.items():
        value = item.attribute(name)
        if value not in _UNSET and not (name == ALONE and alone_in(item)):
            losses.add(item.code, f"{name}: {value}", why())
    if item.pattern.strip():
        losses.add(item.code, f"preg: {item.pattern.strip()}", _checked())
    if item.has_default:
        losses.add(
            item.code,
            _("an answer filled in beforehand"),
            _("Nobody finds an answer filled in here."),
        )
    if item.in_quota:
        losses.add(
            item.code, _("a quota"), _("Nobody is sent away when enough have answered.")
        )


def list_of_group(group: Group, losses: Losses) -> None:
    if group.random not in _UNSET:
        for item in group.items:
            losses.add(item.code, f"randomization_group: {group.random}", _order())


def list_of_survey(survey: Survey, losses: Losses) -> None:
    reasons = {
        "quota": _("Nobody is sent away when enough have answered."),
        "assessments": _("No judgement is shown to who answers."),
        "survey_url_parameters": _("Nothing is taken from the address of the page."),
    }
    for table in survey.also_has:
        losses.add("", table, reasons[table])
    mandatory = sum(item.mandatory in ("Y", "S") for item in survey.items)
    if mandatory:
        losses.add(
            "",
            ngettext(
                "%(count)d mandatory question",
                "%(count)d mandatory questions",
                mandatory,
            )
            % {"count": mandatory},
            _("A person may pass over every question here."),
        )
