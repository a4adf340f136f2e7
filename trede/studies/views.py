"""The researcher's desk: the design, who filled in what, the data, the runs.

Everything here is by pseudonym. No other role comes in.
"""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import record
from trede.accounts.doors import StaffRequest, looked
from trede.accounts.refusing import Refused, attempt
from trede.accounts.visibility import fetch, seen
from trede.audit.models import Line
from trede.people.pages import may_open
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.studies import amending, exporting
from trede.studies import grid as grids
from trede.studies.codebook_files import CODEBOOKS, codebook_file
from trede.studies.dataset import build
from trede.studies.forms import AmendForm, DatasetForm, RunForm
from trede.studies.founding import found_study
from trede.studies.models import Run, Study
from trede.studies.ready_for_final import ready_for_final
from trede.studies.running import compute
from trede.studies.timeline import timeline

A_PAGE = 50  # people of the grid


def studies(request: StaffRequest) -> HttpResponse:
    pilots = seen(request, Pilot.objects.all()).order_by("name")
    return render(
        request, "studies/studies.html", {"pilots": pilots.select_related("study")}
    )


def found(request: StaffRequest, pilot_id: int) -> HttpResponse:
    pilot = fetch(request, Pilot.objects.all(), pilot_id)
    study = found_study(pilot=pilot, by=request.actor, at=request.at)
    return redirect("studies:study", study_id=study.pk)


def study(request: StaffRequest, study_id: int) -> HttpResponse:
    found = fetch(request, Study.objects.all(), study_id)
    today = timezone.localdate(request.at)
    return _desk(request, found, RunForm(today=today), DatasetForm(today=today))


def run(request: StaffRequest, study_id: int) -> HttpResponse:
    found = fetch(request, Study.objects.all(), study_id)
    today = timezone.localdate(request.at)
    form = RunForm(request.POST, today=today)
    if form.is_valid():
        made = attempt(
            form,
            lambda: compute(
                study=found,
                until=form.cleaned_data["until"],
                edition=Run.Edition(form.cleaned_data["edition"]),
                by=request.actor,
                at=request.at,
            ),
        )
        if made is not None:
            return redirect("reports:run", run_id=made.pk)
    return _desk(request, found, form, DatasetForm(today=today))


def dataset(request: StaffRequest, study_id: int) -> HttpResponse:
    """The download is noted with everybody who is in it."""
    found = fetch(request, Study.objects.all(), study_id)
    today = timezone.localdate(request.at)
    form = DatasetForm(request.POST, today=today)
    if form.is_valid():
        file = attempt(form, lambda: _file(request, found, form))
        if file is not None:
            return file
    return _desk(request, found, RunForm(today=today), form)


def codebook(request: StaffRequest, study_id: int) -> HttpResponse:
    found = fetch(request, Study.objects.all(), study_id)
    try:
        data = build(found, timezone.localdate(request.at))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("studies:study", study_id=found.pk)
    ending = request.GET.get("vorm", ".csv")
    if ending not in CODEBOOKS:
        ending = ".csv"
    content = codebook_file(data, found, ending, on=timezone.localdate(request.at))
    return _download(content, CODEBOOKS[ending], f"{found.code}-codeboek{ending}")


def grid(request: StaffRequest, study_id: int) -> HttpResponse:
    found = fetch(request, Study.objects.all(), study_id)
    whole = grids.grid(found, timezone.localdate(request.at))
    chosen = request.GET.get("stand", "")
    rows = [row for row in whole.rows if not chosen or chosen in row.kinds]
    looked(request)
    context = {
        "study": found,
        "grid": whole,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "chips": _chips(request, whole, chosen),
        "timeline": timeline(found),
    }
    return render(request, "studies/grid.html", context)


def amend(request: StaffRequest, study_id: int) -> HttpResponse:
    found = fetch(request, Study.objects.all(), study_id)
    rules = rules_of(found.pilot)
    plan = amending.planned(found, rules)
    change = amending.to_record(plan)
    form = AmendForm(request.POST or None, rules=rules, change=change)
    if form.is_valid():
        made = attempt(
            form,
            lambda: amending.amend(
                study=found, **form.cleaned_data, by=request.actor, at=request.at
            ),
        )
        if made is not None:
            messages.success(request, _("The change of the design is recorded."))
            return redirect("studies:study", study_id=found.pk)
    context = {"study": found, "form": form, "plan": plan, "change": change}
    context |= {"may_change": may_open(request, "inflow:change_rules")}
    return render(request, "studies/amend.html", context)


def state_baselines(request: StaffRequest, study_id: int) -> HttpResponse:
    found = fetch(request, Study.objects.all(), study_id)
    added = [
        baseline
        for amendment in found.amendments.all()
        for baseline in amending.state_baselines(
            amendment=amendment, by=request.actor, at=request.at
        )
    ]
    messages.success(request, _("%(n)s baselines were added.") % {"n": len(added)})
    return redirect("studies:study", study_id=found.pk)


def _desk(
    request: StaffRequest, study: Study, run_form: RunForm, dataset_form: DatasetForm
) -> HttpResponse:
    context = {
        "study": study,
        "timeline": timeline(study),
        "amendments": study.amendments.select_related("recorded_by"),
        "runs": study.runs.defer("results"),
        "run_form": run_form,
        "dataset_form": dataset_form,
        "ready": ready_for_final(study, timezone.localdate(request.at)),
    }
    return render(request, "studies/study.html", context)


def _file(request: StaffRequest, study: Study, form: DatasetForm) -> HttpResponse:
    ending, until = form.cleaned_data["ending"], form.cleaned_data["until"]
    data = build(study, until)
    record(
        f"downloaded a dataset ({ending[1:]})",
        by=request.actor,
        at=request.at,
        on=study,
        persons=sorted({sitting.person_id for sitting in data.sittings}),
        purpose=request.door.purpose,
        kind=Line.Kind.READ,
    )
    return _download(
        exporting.written(data, ending),
        exporting.MEDIA_TYPES[ending],
        _name(study, until, ending),
    )


def _name(study: Study, until: date, ending: str) -> str:
    return f"{study.code}-{until.isoformat()}{ending}"


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _chips(
    request: StaffRequest, whole: grids.Grid, chosen: str
) -> list[dict[str, object]]:
    choices = {
        "": _("All"),
        "open": _("Open now"),
        "note": _("Window past"),
        "part": _("Half"),
        "stop": _("Left"),
    }
    return [
        {
            "label": label,
            "count": sum(not kind or kind in row.kinds for row in whole.rows),
            "url": f"?stand={kind}" if kind else request.path,
            "current": kind == chosen,
        }
        for kind, label in choices.items()
    ]
