"""A coordinator writes the words of a letter, sees it as it will be printed, keeps it.

Decides what may be kept: what is filled in for one person ({name}, {telephone}) stays
in, and nothing is filled in that the letter does not know. A letter that cannot be
printed is refused here, and not when a hundred of them are made. Letters that were
made keep what they say: only what is made from now on has the new words.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.contact.letter_texts import OneText, Pieces, Specimen
from trede.contact.models import LetterText
from trede.documents.translated import ORIGINAL, blanks
from trede.documents.typesetting import typeset
from trede.pilots.models import Pilot

# Only there where Trede has them: elsewhere nothing would stand in their place.
_ONLY_WHERE_IT_WAS = frozenset(("{link}", "{until}"))


@dataclass(frozen=True)
class Written:
    """What somebody typed, in the shape of `LetterText.words`."""

    words: Pieces
    status: str = LetterText.Status.MACHINE
    vouched_by: str = ""


def keep(*, text: OneText, written: Written, by: Actor, at: datetime) -> None:
    """The same words twice are one version."""
    with transaction.atomic():
        Pilot.objects.select_for_update().get(pk=text.pilot.pk)
        kept = _append(text, written, by, at)
        if kept is None:
            return
        _print(text, by, at)
        record(
            "wrote the words of a letter", by=by, at=at, on=kept, purpose="management"
        )


def back_to_shipped(*, text: OneText, by: Actor, at: datetime) -> None:
    """Trede's own words hold again; what was written stays as a version."""
    with transaction.atomic():
        Pilot.objects.select_for_update().get(pk=text.pilot.pk)
        last = text.newest()
        if last is None or not last.words:
            return
        record(
            "took the words of Trede for a letter",
            by=by,
            at=at,
            on=_create(text, Written({}), by, at),
            purpose="management",
        )


def preview(*, text: OneText, written: Written, by: Actor, at: datetime) -> bytes:
    """The PDF as if it were kept: written down, typeset, and undone."""
    with transaction.atomic():
        _append(text, written, by, at)
        pdf = _print(text, by, at)
        transaction.set_rollback(True)
    return pdf


def _append(
    text: OneText, written: Written, by: Actor, at: datetime
) -> LetterText | None:
    if text.language == ORIGINAL:
        shipped = text.shipped()
        _refuse_dutch(shipped, written.words)
        differ = {k: said for k, said in written.words.items() if said != shipped[k]}
        written = Written(differ)
    else:
        _refuse_translation(written)
    last = text.newest()
    before = Written(last.words, last.status, last.vouched_by) if last else Written({})
    return None if written == before else _create(text, written, by, at)


def _create(text: OneText, written: Written, by: Actor, at: datetime) -> LetterText:
    return LetterText.objects.create(
        pilot=text.pilot,
        letter=text.letter.code,
        language=text.language,
        words=dict(written.words),
        status=written.status,
        vouched_by=written.vouched_by,
        written_at=at,
        written_by=by.staff,
    )


def _print(text: OneText, by: Actor, at: datetime) -> bytes:
    letter = text.letter
    if letter.specimen is None or by.staff is None:
        return b""
    for_whom = Specimen(text.pilot, text.language, by.staff, at, letter.number)
    return typeset(letter.template, letter.specimen(for_whom))


def _refuse_dutch(shipped: Pieces, words: Pieces) -> None:
    everywhere = blanks("".join(map(_as_text, shipped.values())))
    for name, said in words.items():
        needed = blanks(_as_text(shipped[name]))
        known = needed | (everywhere - _ONLY_WHERE_IT_WAS)
        _refuse_blanks(_as_text(said), needed, known, name)


def _refuse_translation(written: Written) -> None:
    """What is empty has no translation yet; the letter goes out in Dutch until then."""
    if written.status != LetterText.Status.MACHINE and not written.vouched_by:
        raise Refused(_("Write the name of who reviewed the words."), "vouched_by")
    for dutch, said in written.words.items():
        needed, text = blanks(dutch), _as_text(said)
        if "{town}" not in needed:
            # The same name, without the Dutch word for municipality before it.
            text = text.replace("{town}", "{municipality}")
        if text:
            _refuse_blanks(text, needed, needed, field_of(dutch))


def _refuse_blanks(
    said: str, needed: frozenset[str], known: frozenset[str], name: str
) -> None:
    if lost := needed - blanks(said):
        raise Refused(
            _("Leave %(blanks)s in: it is filled in when the letter is made.")
            % {"blanks": _listed(lost)},
            name,
        )
    # In one go: one taken out of another would leave a blank that nobody wrote.
    rest = re.sub("|".join(map(re.escape, known)), "", said)
    if "{" in rest or "}" in rest:
        raise Refused(
            _("Between braces, only this can stand here: %(blanks)s.")
            % {"blanks": _listed(known) or _("nothing")},
            name,
        )


def _listed(found: frozenset[str]) -> str:
    return ", ".join(sorted(found))


def _as_text(said: str | list[str]) -> str:
    return said if isinstance(said, str) else "\n".join(said)


def field_of(sentence: str) -> str:
    """What the translation of a sentence is called in a form: the same, whatever was
    written meanwhile."""
    return f"s{sha256(sentence.encode()).hexdigest()[:12]}"
