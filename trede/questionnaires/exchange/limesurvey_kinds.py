"""One question of LimeSurvey, by its type, becomes one or more questions of ours.

A table of questions is asked row by row, or cell by cell where each cell has an answer
of its own. The box for "other" and the comment beside an answer become questions that
only who chose that answer sees. What has no counterpart is left out and listed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from trede.questionnaires.definition import Condition, Kind, Test, Text, Value
from trede.questionnaires.exchange.limesurvey_drawing import (
    Asked,
    Drawing,
    Names,
    NotAsked,
)
from trede.questionnaires.exchange.limesurvey_returning import fits, returned
from trede.questionnaires.exchange.limesurvey_survey import Item, SubQuestion
from trede.questionnaires.exchange.limesurvey_wording import joined

Make = Callable[[Item, Drawing], Iterator[Asked]]
_FIVE = range(1, 6)
_TEN = range(1, 11)
_YES_UNCERTAIN_NO = {"Y": "yes", "U": "uncertain", "N": "no"}
_MORE_SAME_LESS = {"I": "increase", "S": "same", "D": "decrease"}
_GENDERS = {"F": "female", "M": "male"}


def questions_of(item: Item, drawing: Drawing) -> Iterator[Asked]:
    """The questions that ask what this one asks; `NotAsked` where there are none."""
    if item.attribute("hidden") == "1":
        raise NotAsked(_("It is hidden in LimeSurvey: nobody is asked it there."))
    if item.theme == "browserdetect":
        raise NotAsked(_("The browser is not looked at here."))
    make = _BY_TYPE.get(item.type)
    if make is None:
        raise NotAsked(_WHY_NOT.get(item.type, _unknown)())
    marks = drawing.marks_of(item)
    if marks is None or not fits(item, marks):
        yield from make(item, drawing)
        return
    for asked in make(item, drawing):
        yield returned(item, marks, asked, drawing)


def _points(points: range) -> Make:
    def make(item: Item, drawing: Drawing) -> Iterator[Asked]:
        yield drawing.scale(item, drawing.names(item), drawing.words(item), points)

    return make


def _yes_or_no(item: Item, drawing: Drawing) -> Iterator[Asked]:
    codes: dict[str, Value] = {"Y": "yes", "N": "no"}
    yield drawing.yes_no(item, drawing.names(item), drawing.words(item), codes)


def _gender(item: Item, drawing: Drawing) -> Iterator[Asked]:
    options = drawing.fixed_options(_GENDERS)
    yield drawing.single(item, drawing.names(item), drawing.words(item), options)


def _list(item: Item, drawing: Drawing) -> Iterator[Asked]:
    options = drawing.options(item, "0")
    if item.other:
        options = drawing.with_other(item, options)
    text = drawing.words(item)
    asked = drawing.single(item, drawing.names(item), text, options)
    yield asked
    if item.other:
        yield drawing.other(item, asked, text)


def _list_with_comment(item: Item, drawing: Drawing) -> Iterator[Asked]:
    text = drawing.words(item)
    options = drawing.options(item, "0")
    yield drawing.single(item, drawing.names(item), text, options)
    names = drawing.names(item, "comment", "_comment", "comment")
    yield drawing.comment(item, names, text, ())


def _multiple(item: Item, drawing: Drawing) -> Iterator[Asked]:
    names, text = drawing.names(item), drawing.words(item)
    ticks = {
        row.code: drawing.names_there(item, f"_{row.code}", row.code)
        for row in drawing.rows(item)
    }
    drawing.list_conditions(item, item.subquestions)
    asked = drawing.multiple(item, names, text, ticks)
    yield asked
    if item.type == "P":
        yield from _comments(item, drawing, asked, text)
    if item.other:
        yield drawing.other(item, asked, text)


def _comments(
    item: Item, drawing: Drawing, asked: Asked, text: Text
) -> Iterator[Asked]:
    """Beside each box a comment, from who ticked it."""
    for row in drawing.rows(item):
        chosen = asked.values.get(row.code, "yes")
        if chosen not in asked.question.values:
            chosen = "yes"
        names = drawing.row_names(item, f"{row.code}comment")
        about = joined(text, drawing.row_words(item, row)) or text
        when = Condition(asked.question.code, Test.IS, (chosen,))
        yield drawing.comment(item, names, about, (when,))


def _text(kind: Kind) -> Make:
    def make(item: Item, drawing: Drawing) -> Iterator[Asked]:
        yield drawing.written(item, drawing.names(item), drawing.words(item), kind)

    return make


def _number(item: Item, drawing: Drawing) -> Iterator[Asked]:
    yield drawing.number(item, drawing.names(item), drawing.words(item))


def _date(item: Item, drawing: Drawing) -> Iterator[Asked]:
    form = item.attribute("date_format")
    if "H" in form.upper():
        drawing.losses.add(
            item.code, f"date_format: {form}", _("A date is asked for without a time.")
        )
    yield drawing.date(item, drawing.names(item), drawing.words(item))


def _rows(of_row: Callable[[Item, Drawing, Names, Text], Asked]) -> Make:
    def make(item: Item, drawing: Drawing) -> Iterator[Asked]:
        for row in drawing.rows(item):
            names = drawing.row_names(item, row.code)
            asked = of_row(item, drawing, names, drawing.words(item, row))
            yield replace(asked, relevance=row.relevance)

    return make


def _row_points(points: range) -> Make:
    return _rows(
        lambda item, drawing, names, text: drawing.scale(item, names, text, points)
    )


def _row_fixed(codes: Mapping[str, str]) -> Make:
    return _rows(
        lambda item, drawing, names, text: drawing.single(
            item, names, text, drawing.fixed_options(codes)
        )
    )


def _row_list(item: Item, drawing: Drawing, names: Names, text: Text) -> Asked:
    return drawing.single(item, names, text, drawing.options(item, "0"))


def _row_text(item: Item, drawing: Drawing, names: Names, text: Text) -> Asked:
    return drawing.written(item, names, text, Kind.TEXT)


def _row_number(item: Item, drawing: Drawing, names: Names, text: Text) -> Asked:
    return drawing.number(item, names, text)


def _two_scales(item: Item, drawing: Drawing) -> Iterator[Asked]:
    """Each row is asked twice, with the answers of either scale."""
    for row in drawing.rows(item):
        for scale, header in (("0", "dualscale_headerA"), ("1", "dualscale_headerB")):
            names = drawing.names(
                item,
                f"{row.code}_{int(scale) + 1}",
                f"_{row.code}_{scale}",
                f"{row.code}#{scale}",
            )
            said = drawing.wording.text(drawing.setting(item, header), of=item.code)
            text = drawing.words(item, row)
            options = drawing.options(item, scale)
            text = joined(text, said) or text
            asked = drawing.single(item, names, text, options)
            yield replace(asked, relevance=row.relevance)


def _cells(item: Item, drawing: Drawing) -> Iterator[Asked]:
    """Rows stand on the first axis, columns on the second."""
    columns = item.on_scale("1")
    if not columns:
        raise NotAsked(_("The table has no columns."))
    drawing.list_conditions(item, columns)
    for row in drawing.rows(item):
        text = drawing.words(item, row)
        if item.type == ":" and item.attribute("multiflexible_checkbox") == "1":
            boxes = _row_of_boxes(item, drawing, row, columns)
            yield replace(boxes, relevance=row.relevance)
            continue
        for column in columns:
            names = drawing.row_names(item, f"{row.code}_{column.code}")
            about = joined(text, drawing.row_words(item, column)) or text
            of_cell = _row_text if item.type == ";" else _row_number
            asked = of_cell(item, drawing, names, about)
            yield replace(asked, relevance=row.relevance)


def _row_of_boxes(
    item: Item, drawing: Drawing, row: SubQuestion, columns: tuple[SubQuestion, ...]
) -> Asked:
    ticks = {
        column.code: drawing.names_there(
            item, f"_{row.code}_{column.code}", f"{row.code}_{column.code}"
        )
        for column in columns
    }
    of_columns = replace(item, subquestions=columns, other=False)
    names = drawing.row_names(item, row.code)
    return drawing.multiple(of_columns, names, drawing.words(item, row), ticks)


def _unknown() -> str:
    return _("This type of question is not known here.")


_BY_TYPE: Mapping[str, Make] = {
    "5": _points(_FIVE),
    "L": _list,
    "!": _list,
    "O": _list_with_comment,
    "Y": _yes_or_no,
    "G": _gender,
    "M": _multiple,
    "P": _multiple,
    "S": _text(Kind.TEXT),
    "T": _text(Kind.LONG_TEXT),
    "U": _text(Kind.LONG_TEXT),
    "N": _number,
    "D": _date,
    "A": _row_points(_FIVE),
    "B": _row_points(_TEN),
    "C": _row_fixed(_YES_UNCERTAIN_NO),
    "E": _row_fixed(_MORE_SAME_LESS),
    "F": _rows(_row_list),
    "H": _rows(_row_list),
    "Q": _rows(_row_text),
    "K": _rows(_row_number),
    "1": _two_scales,
    ":": _cells,
    ";": _cells,
}
_WHY_NOT: Mapping[str, Callable[[], str]] = {
    "R": lambda: _("Putting answers in order is not a kind of question here."),
    "|": lambda: _("Files are not asked for here."),
    "*": lambda: _("Nothing is calculated here: take the answers themselves."),
    "I": lambda: _("The language can be changed on every page here."),
}
