"""`trede dataset PILOT --out FILE`: pseudonymised data, with its codebook beside it."""

import argparse
from pathlib import Path
from typing import Any

from django.utils import timezone

from trede.accounts.acting import SYSTEM, record
from trede.audit.models import Line
from trede.commands.entry import CannotDo
from trede.commands.pilot_studies import day, in_plain_words, study_of
from trede.studies.codebook_files import codebook_file
from trede.studies.dataset import build
from trede.studies.exporting import MEDIA_TYPES, codebook_as_json, written


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pilot")
    parser.add_argument("--until", type=day, help="data up to and with this day")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--json", action="store_true")


def carry_out(options: argparse.Namespace) -> Any:
    out: Path = options.out
    if out.suffix not in MEDIA_TYPES:
        known = ", ".join(MEDIA_TYPES)
        raise CannotDo(f"A dataset is written as {known}. Give --out such a name.")
    if not out.parent.is_dir():
        raise CannotDo(f"There is no folder {out.parent}. Make it first.")
    with in_plain_words() as at:
        study = study_of(options.pilot, at)
        dataset = build(study, options.until or timezone.localdate(at))
        out.write_bytes(written(dataset, out.suffix))
        beside = out.with_name(out.stem + ".codebook.json")
        beside.write_text(codebook_as_json(dataset), encoding="utf-8")
        on = timezone.localdate(at)
        for ending in (".xml", ".pdf"):
            book = codebook_file(dataset, study, ending, on=on)
            beside.with_suffix(ending).write_bytes(book)
        record(
            f"exported a dataset ({out.suffix[1:]})",
            by=SYSTEM,
            at=at,
            on=study,
            persons=sorted({sitting.person_id for sitting in dataset.sittings}),
            purpose="research",
            kind=Line.Kind.READ,
        )
    rows = dataset.frame.height
    if options.json:
        return {
            "out": str(out),
            "codebook": str(beside),
            "rows": rows,
            "columns": dataset.frame.width,
            "data_hash": dataset.data_hash,
        }
    return (
        f"{rows} rows are in {out}; what they mean is in {beside}"
        " and, for an archive and for reading, in .xml and .pdf beside it."
    )
