"""`trede report PILOT --out FILE`: an interim or final report, as it is on screen."""

import argparse
import json
from importlib import import_module
from pathlib import Path
from typing import Any

from django.utils import timezone, translation

from trede.accounts.acting import SYSTEM
from trede.commands.entry import CannotDo
from trede.commands.pilot_studies import day, in_plain_words, study_of
from trede.pilots.loading import rules_of
from trede.reports.figures_json import figures_of
from trede.reports.printing import pdf, web_page
from trede.reports.releasing import release
from trede.reports.wording import Wording
from trede.studies.models import Run
from trede.studies.running import compute_with_data

ENDINGS = (".json", ".pdf", ".docx", ".html")


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pilot")
    parser.add_argument("--edition", choices=Run.Edition.values, default="interim")
    parser.add_argument("--view", choices=("public", "researcher"), default="public")
    parser.add_argument("--until", type=day, help="data up to and with this day")
    parser.add_argument("--language", choices=("nl", "en"), default="nl")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--json", action="store_true")


def carry_out(options: argparse.Namespace) -> Any:
    out: Path = options.out
    if out.suffix not in ENDINGS:
        raise CannotDo(
            f"A report is written as {', '.join(ENDINGS)}. Give --out such a name."
        )
    if not out.parent.is_dir():
        raise CannotDo(f"There is no folder {out.parent}. Make it first.")
    with in_plain_words() as at, translation.override(options.language):
        study = study_of(options.pilot, at)
        run, data = compute_with_data(
            study=study,
            until=options.until or timezone.localdate(at),
            edition=Run.Edition(options.edition),
            by=SYSTEM,
            at=at,
        )
        results = run.results
        if options.view == "public":
            results = release(run=run, by=SYSTEM, at=at, data=data).released
        wording = Wording(rules_of(study.pilot, run.until_on))
        # As it was stored, so that a file says what the screen says.
        results = json.loads(json.dumps(results))
        if out.suffix == ".json":
            figures = figures_of(run, results, view=options.view, wording=wording)
            out.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")
        elif out.suffix == ".pdf":
            out.write_bytes(pdf(run, results, view=options.view, wording=wording))
        elif out.suffix == ".docx":
            # Long to import, and no other ending needs it.
            editable = import_module("trede.reports.editable")
            document = editable.docx(run, results, view=options.view, wording=wording)
            out.write_bytes(document)
        else:
            page = web_page(run, results, view=options.view, wording=wording)
            out.write_text(page, encoding="utf-8")
    if options.json:
        return {"out": str(out), "run": run.pk, "data_hash": run.data_hash}
    return f"The report is in {out}."
