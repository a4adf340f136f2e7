"""`trede list import`: check a target list and read it in."""

import argparse
from typing import Any

from django.utils import timezone, translation

from trede.accounts.acting import SYSTEM
from trede.accounts.refusing import Refused
from trede.commands import list_reading
from trede.commands.entry import CannotDo
from trede.inflow import importing
from trede.inflow.models import ListUpload
from trede.pilots.models import Pilot

declare = list_reading.declare


def carry_out(options: argparse.Namespace) -> Any:
    translation.activate("nl")
    content = list_reading.content_of(options.file)
    pilot = Pilot.objects.filter(code=options.pilot).first()
    if pilot is None:
        raise CannotDo(
            f"There is no pilot with the code {options.pilot}. Load its file with"
            " `trede pilot load`."
        )
    try:
        upload = _read_in(options, pilot, content)
    except Refused as refusal:
        raise CannotDo(f"{options.file}: {refusal}") from refusal
    return as_json(upload) if options.json else in_words(upload)


def _read_in(options: argparse.Namespace, pilot: Pilot, content: bytes) -> ListUpload:
    at = timezone.now()
    with list_reading.bar("reading") as bar:
        upload = importing.upload(
            pilot=pilot,
            name=options.file.name,
            content=content,
            reference_on=list_reading.reference_date(options),
            by=SYSTEM,
            at=at,
            progress=list_reading.progress_on(bar),
        )
    with list_reading.bar("reading in") as bar:
        importing.confirm(
            upload=upload, by=SYSTEM, at=at, progress=list_reading.progress_on(bar)
        )
    return upload


def as_json(upload: ListUpload) -> dict[str, object]:
    """The keys of `list check`, and what became of the rows."""
    counts, findings = upload.counts, importing.findings_of(upload)
    rejected = {one.row for one in findings.to_check}
    return {
        "upload": upload.pk,
        "format": counts["format"],
        "encoding": counts["encoding"],
        "header_row": counts["header_row"],
        "columns": {one.field: one.source for one in findings.columns if one.field},
        "rows": counts["rows"],
        "accepted": counts["rows"] - len(rejected) - len(findings.repeats),
        "rejected": [
            {
                "row": one.row,
                "column": one.column,
                "value": one.value,
                "reason": one.why,
            }
            for one in findings.to_check
        ],
        "duplicates": len(findings.repeats),
        **{
            name: counts[name]
            for name in ("eligible", "ineligible", "undecided", "by_criterion")
        },
        "read_in": {
            name: counts[name]
            for name in ("new", "same", "changed", "duplicate", "to_check")
        },
        "gone": counts["gone_marked"],
    }


def in_words(upload: ListUpload) -> str:
    counts = upload.counts
    return (
        f"{counts['rows']} rows = {counts['new']} new + {counts['same']} the same"
        f" + {counts['changed']} changed + {counts['duplicate']} double"
        f" + {counts['to_check']} to check\n"
        f"{counts['gone_marked']} people are no longer on the list."
    )
