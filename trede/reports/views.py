"""Reports: the public view for who decides, and the researcher's own view."""

import json
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.models import Role
from trede.accounts.visibility import fetch, seen
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.reports import releasing
from trede.reports.editable import docx
from trede.reports.figures_json import Json, figures_of
from trede.reports.models import Edition
from trede.reports.page import dropout_sentences, flow_steps, lay_out_report
from trede.reports.printing import notices, pdf, why_hidden
from trede.reports.showing import decisions_told, shown_in
from trede.reports.wording import DECISIONS, Wording
from trede.studies.flow import flow_of_pilot
from trede.studies.models import Run

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PUBLIC, RESEARCHER = "public", "researcher"


def reports(request: StaffRequest) -> HttpResponse:
    editions = seen(request, Edition.objects.all())
    follows = request.user.roles & {Role.COORDINATOR, Role.RESEARCHER}
    pilots = seen(request, Pilot.objects.all()).filter(study__isnull=False)
    context = {
        "editions": editions.select_related("run", "study__pilot").defer(
            "released", "told", "decisions", "run__results"
        ),
        "flows": pilots if follows else [],
    }
    return render(request, "reports/reports.html", context)


def edition(request: StaffRequest, edition_id: int) -> HttpResponse:
    found = fetch(request, Edition.objects.all(), edition_id)
    looked(request)
    researcher = request.user.has(Role.RESEARCHER)
    context = {
        "edition": found,
        "pdf_url": reverse("reports:edition_pdf", args=[found.pk]),
        "figures_url": reverse("reports:edition_figures", args=[found.pk]),
        "can_approve": researcher and found.state == Edition.State.CONCEPT,
        "decisions": _reasons(found) if researcher else [],
        "decided_since": researcher and _decided_since(found),
    }
    return _page(request, found.run, found.released, PUBLIC, context)


def edition_pdf(request: StaffRequest, edition_id: int) -> HttpResponse:
    found = fetch(request, Edition.objects.all(), edition_id)
    looked(request)
    content = pdf(
        found.run,
        found.released,
        view=PUBLIC,
        wording=_wording(found.run),
        edition=found,
    )
    return _as_file(
        content, "application/pdf", _name(found.run, f"-{found.number}.pdf")
    )


def edition_docx(request: StaffRequest, edition_id: int) -> HttpResponse:
    found = fetch(request, Edition.objects.all(), edition_id)
    looked(request)
    content = docx(
        found.run,
        found.released,
        view=PUBLIC,
        wording=_wording(found.run),
        edition=found,
    )
    return _as_file(content, DOCX, _name(found.run, f"-{found.number}.docx"))


def edition_figures(request: StaffRequest, edition_id: int) -> HttpResponse:
    found = fetch(request, Edition.objects.all(), edition_id)
    looked(request)
    return _figures(found.run, found.released, PUBLIC, f"-{found.number}.json")


def approve(request: StaffRequest, edition_id: int) -> HttpResponse:
    found = fetch(request, Edition.objects.all(), edition_id)
    releasing.approve(edition=found, by=request.actor, at=request.at)
    messages.success(request, _("The edition is approved. Colleagues can read it now."))
    return redirect("reports:edition", edition_id=found.pk)


def run(request: StaffRequest, run_id: int) -> HttpResponse:
    found = fetch(request, Run.objects.all(), run_id)
    looked(request)
    context = {
        "pdf_url": reverse("reports:run_pdf", args=[found.pk]),
        "figures_url": reverse("reports:run_figures", args=[found.pk]),
        "can_release": found.not_repeatable_since is None,
    }
    return _page(request, found, found.results, RESEARCHER, context)


def run_pdf(request: StaffRequest, run_id: int) -> HttpResponse:
    found = fetch(request, Run.objects.all(), run_id)
    looked(request)
    content = pdf(found, found.results, view=RESEARCHER, wording=_wording(found))
    return _as_file(content, "application/pdf", _name(found, "-onderzoeker.pdf"))


def run_figures(request: StaffRequest, run_id: int) -> HttpResponse:
    found = fetch(request, Run.objects.all(), run_id)
    looked(request)
    return _figures(found, found.results, RESEARCHER, "-onderzoeker.json")


def release(request: StaffRequest, run_id: int) -> HttpResponse:
    found = fetch(request, Run.objects.all(), run_id)
    made = releasing.release(run=found, by=request.actor, at=request.at)
    messages.success(request, _("The public edition is made, as a concept."))
    return redirect("reports:edition", edition_id=made.pk)


def flow(request: StaffRequest, pilot_id: int) -> HttpResponse:
    """From list to evaluation today, for who works with these people anyway."""
    pilot = fetch(request, Pilot.objects.all(), pilot_id)
    until = timezone.localdate(request.at)
    counted = flow_of_pilot(pilot, until).as_json()
    results = json.loads(json.dumps({"flow": counted}))
    report = {
        "flow": flow_steps(results, Wording(rules_of(pilot, until))),
        "dropouts": dropout_sentences(results),
    }
    looked(request)
    context = {"pilot": pilot, "until": until, "report": report}
    return render(request, "reports/flow_page.html", context)


def _page(
    request: StaffRequest,
    run: Run,
    results: Json,
    view: str,
    context: dict[str, Any],
) -> HttpResponse:
    report = lay_out_report(
        run,
        results,
        public=view == PUBLIC,
        words=_wording(run),
        edition=context.get("edition"),
    )
    context |= {
        "run": run,
        "report": report,
        "notices": notices(report, view),
        "why_hidden": why_hidden(),
    }
    return render(request, "reports/report.html", context)


def _figures(run: Run, results: Json, view: str, ending: str) -> HttpResponse:
    told = figures_of(run, results, view=view, wording=_wording(run))
    text = json.dumps(told, ensure_ascii=False, indent=2)
    return _as_file(text.encode(), "application/json", _name(run, ending))


def _wording(run: Run) -> Wording:
    return Wording(rules_of(run.study.pilot, run.until_on))


def _decided_since(edition: Edition) -> bool:
    """Whether two people decided to show what this edition hides."""
    decided = decisions_told(edition.run.showings.agreed())
    return decided != shown_in(edition.released)


def _reasons(edition: Edition) -> list[dict[str, object]]:
    counted = Counter(decision["reason"] for decision in edition.decisions)
    return [{"n": n, "words": DECISIONS[code]} for code, n in counted.most_common()]


def _name(run: Run, ending: str) -> str:
    return f"{run.study.code}-{run.until_on.isoformat()}{ending}"


def _as_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
