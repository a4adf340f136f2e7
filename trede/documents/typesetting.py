"""Letters, consent forms and reports become tagged PDF here, and nowhere else.

A template is a Typst file in `templates/`; what it must say comes in as plain data.
The fonts are our own, so that a document looks the same on every machine. A document
that a screen reader could not read (a picture without words, a page without a title)
is refused, and so is a letter that our fonts cannot print.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Literal

import qrcode
import typst
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathFillImage

from trede.accounts.refusing import Refused

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"
# Readable by everybody, and for the archive.
Standard = Literal["ua-1", "a-2a"]
_NO_FONT = re.compile(r"the text `\"(.+?)\"` could not be displayed")


class NotTypeset(Exception):
    """The template and the data do not make a document; a mistake of ours."""


def typeset(
    template: str, data: Mapping[str, object], *, standard: Standard = "ua-1"
) -> bytes:
    """The PDF of a template (`letter`, `consent`, ...), tagged, of this standard.

    `data["made_on"]` (an ISO date) is the day that the file names as its own: the same
    data always give the same bytes, so that a frozen document can be recognised.
    """
    made_on = date.fromisoformat(str(data["made_on"]))
    try:
        made = typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=[standard],
            timestamp=datetime.combine(made_on, time(12), tzinfo=UTC),
        )
    except typst.TypstError as problem:
        raise _reason(template, problem) from problem
    if not isinstance(made, bytes):
        raise NotTypeset(f"{template}: typst gave no document.")
    return made


def picture(png: bytes) -> list[int]:
    """How a picture travels in the data: as numbers, which Typst makes bytes again."""
    return list(png)


def qr_code(address: str) -> str:
    """The address of a page as a picture (SVG) for the camera of a telephone."""
    drawn = BytesIO()
    qrcode.make(address, image_factory=SvgPathFillImage).save(drawn)
    return drawn.getvalue().decode()


def _reason(template: str, problem: typst.TypstError) -> Exception:
    unprintable = _NO_FONT.search(problem.message)
    if unprintable:
        return Refused(
            _(
                "This document holds signs that cannot be printed: %(signs)s."
                " Write them in another way."
            )
            % {"signs": unprintable[1]}
        )
    return NotTypeset(f"{template}: {problem.message}")
