"""整改台账: from the problem to the recheck, each deed a form of its own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from branches.models import Organisation, Person, scope_paths, under
from branches.permissions import can_import
from branches.queries import at_place, place_asked
from campaigns.models import Duty
from common import downloads
from common.dates import today
from common.paging import page_of
from evaluations.models import Feedback, Review
from pledges.models import Pledge
from supervision import forms, permissions
from supervision.actions import rectifications as actions
from supervision.actions.rechecks import RecheckRefused
from supervision.actions.rectifications import LedgerMoved
from supervision.excel import ledger_columns
from supervision.models import Inspection, Rectification
from supervision.permissions import DASHBOARD_ROLES
from supervision.queries import ledger as queries

PAGE = 30
STEPS = 50  # of one item
RUNNING = "running"
# What an item may come from, by the key in the link.
ORIGINS = {
    "inspection": Inspection, "feedback": Feedback, "pledge": Pledge, "review": Review, "duty": Duty,
}  # fmt: skip
# The source that is chosen beforehand, when the plan has one of this key.
SOURCES = {
    "inspection": "inspection", "feedback": "public", "review": "superior", "duty": "inspection",
    "pledge": "self_found",
}  # fmt: skip


def ledger_list(request):
    items = _filtered(request)
    context = {
        "page": Paginator(items, PAGE).get_page(request.GET.get("page")),
        "words": _words(request),
        "chosen": {key: request.GET.get(key, "") for key in ("state", "source", "late", "q")},
        "states": [(RUNNING, "在办（没有销号）"), *Rectification.State.choices],
        "place": place_asked(request),
        "day": today(),
        "can_add": bool(scope_paths(request.user, *DASHBOARD_ROLES)),
        "can_import": can_import(request.user),
    }
    return render(request, "supervision/ledger_list.html", context)


def ledger_export(request):
    """The ledger as shown, in the layout that offices use (Z03)."""
    unit = request.campaign.organisation.name if request.campaign else ""
    columns = ledger_columns(_words(request))
    return downloads.listing(
        request, "整改台账", columns, _filtered(request).with_extensions(), unit=unit, ledger=True
    )


def _filtered(request):
    items = (
        Rectification.objects.visible_to(request.user)
        .filter(campaign=request.campaign)
        .select_related("organisation", "window", "owner", "signed_off_by")
        .order_by(F("signed_off_at").asc(nulls_first=True), "due_on", "pk")
    )
    items = at_place(items, place_asked(request))
    if request.GET.get("state") == RUNNING:
        items = items.exclude(state=Rectification.State.SIGNED_OFF)
    elif request.GET.get("state") in Rectification.State.values:
        items = items.filter(state=request.GET["state"])
    if source := request.GET.get("source", "")[:50]:
        items = items.filter(source=source)
    if q := request.GET.get("q", "")[:60]:
        items = items.filter(problem__contains=q)
    if request.GET.get("late") == "1":
        items = items.overdue(today=today())
    return items


def _words(request):
    return queries.words_of(request.campaign.plan) if request.campaign else queries.NO_WORDS


def ledger_add(request):
    period = request.period
    if not period or period.plan.rectification is None:
        raise Http404
    organisations = Organisation.objects.active().filter(
        under(scope_paths(request.user, *DASHBOARD_ROLES)),
        path__startswith=request.campaign.organisation.path,
    )
    if not organisations.exists():
        raise PermissionDenied
    kind, origin = _origin(request)
    form = forms.LedgerAddForm(
        request.POST or None,
        plan=period.plan,
        organisations=organisations,
        today=today(),
        initial=_initial(period, kind, origin),
    )
    if form.is_valid():
        return _add(request, period, form.cleaned_data, kind, origin)
    return render(request, "supervision/ledger_add.html", {"form": form, "origin": origin})


def _add(request, period, cleaned, kind, origin):
    item = Rectification(
        campaign=request.campaign,
        period=period,
        organisation=cleaned["organisation"],
        window=getattr(origin, "window", None),
        source=cleaned["source"],
        category=cleaned["category"],
        problem=cleaned["problem"],
        due_on=cleaned["due_on"],
    )
    if origin is not None:
        setattr(item, kind, origin)
    actions.add_rectification(item, by=request.user, at=timezone.now())
    messages.success(request, "已列入整改台账，支部书记会收到消息。")
    return redirect("supervision:ledger_detail", item.pk)


def _origin(request):
    """("inspection", the row) that the item is made from, when the link names one."""
    for kind, model in ORIGINS.items():
        if number := request.GET.get(kind, ""):
            origin = get_object_or_404(model.objects.visible_to(request.user), pk=_number(number))
            if Rectification.objects.filter(**{kind: origin}).exists():
                raise Http404
            return kind, origin
    return "", None


def _number(text):
    if not text.replace("-", "").isalnum() or len(text) > 40:
        raise Http404
    return text


def _initial(period, kind, origin):
    due_on = actions.default_due_on(period.plan, today=today())
    if origin is None:
        return {"due_on": due_on}
    problem = {
        "inspection": lambda: f"{origin.problem}\n整改要求：{origin.demand}",
        "feedback": lambda: origin.text,
        "pledge": lambda: f"承诺未兑现：{origin.text}。{origin.explanation}",
        "review": lambda: f"点评指出（{origin.person}）：{_problem_of(period, origin)}",
        "duty": lambda: (
            f"{origin.title}：{origin.assignee} 应于 {origin.due_on:%Y-%m-%d} 前办完，至今未办。"
        ),
    }[kind]()
    place = origin.place.pk if kind == "feedback" else origin.organisation_id
    demanded = getattr(origin, "demand_due_on", None)
    return {
        "due_on": max(demanded or due_on, today()),
        "problem": problem[:1000],
        "organisation": place,
        "source": SOURCES[kind],
    }


def _problem_of(period, review):
    """What the review says was wrong: the questions whose name speaks of it, else all that was written."""
    names = {
        question.key: question.name
        for questionnaire in period.plan.questionnaires
        for question in questionnaire.questions
    }
    wrong = [text for key, text in review.texts.items() if "问题" in names.get(key, "")]
    return "；".join(wrong or [text for text in review.texts.values() if text])


def ledger_detail(request, pk):
    item = _visible(request, pk)
    steps = queries.steps_of(item)
    context = {
        "item": item,
        "words": queries.words_of(item.period.plan),
        "chain": queries.chain_of(item, steps),
        "steps": page_of(
            request, queries.with_question_names(item.period.plan, steps), size=STEPS, key="steps"
        ),
        "repeated": queries.repeated(item).count(),
        "day": today(),
        "can": {
            deed: getattr(permissions, f"can_{deed}_rectification")(request.user, item)
            for deed in ("plan", "report", "sign_off", "answer", "recheck", "call_back", "conclude")
        },
        "wanting": queries.wanting(item, steps),
    }
    return render(request, "supervision/ledger_detail.html", context)


def ledger_plan(request, pk):
    item = allowed_item(request, pk, permissions.can_plan_rectification)
    people = Person.objects.in_organisation(item.organisation, today=today())
    initial = {
        "measure": item.measure, "owner": item.owner_id, "category": item.category,
        "due_on": item.due_on,
    }  # fmt: skip
    form = forms.LedgerPlanForm(
        request.POST or None,
        plan=item.period.plan,
        people=people,
        today=today(),
        must_check=bool(item.feedback_id) and item.state == item.State.FOUND,
        initial=initial,
    )
    return show_deed(request, item, form, "定整改措施", actions.plan_rectification, form_values)


def ledger_report(request, pk):
    item = allowed_item(request, pk, permissions.can_report_rectification)
    form = forms.LedgerReportForm(request.POST or None)
    return show_deed(request, item, form, "报告整改", actions.report_rectification, form_values)


def ledger_sign_off(request, pk):
    item = allowed_item(request, pk, permissions.can_sign_off_rectification)
    form = forms.LedgerSignOffForm(request.POST or None)
    return show_deed(
        request, item, form, "核查销号", actions.sign_off_rectification,
        lambda found: {
            "passed": found.cleaned_data["verdict"] == "passed",
            "note": found.cleaned_data["note"],
        },
    )  # fmt: skip


def ledger_answer(request, pk):
    item = allowed_item(request, pk, permissions.can_answer_rectification)
    form = forms.LedgerAnswerForm(request.POST or None, initial={"answer": item.public_answer})
    return show_deed(request, item, form, "公开答复", actions.answer_rectification, form_values)


def form_values(form):
    return form.cleaned_data


def show_deed(request, item, form, title, deed, values):  # noqa: PLR0913 (one form page for all deeds)
    """Show the form, or do the deed; a refusal stays on the form with what was typed."""
    if form.is_valid():
        try:
            deed(item, **values(form), by=request.user, at=timezone.now())
            messages.success(request, f"{title}：已记下。")
            return redirect("supervision:ledger_detail", item.pk)
        except (LedgerMoved, RecheckRefused) as moved:
            form.add_error(None, str(moved))
    return render(
        request, "supervision/ledger_deed.html", {"form": form, "item": item, "title": title}
    )


def allowed_item(request, pk, can):
    item = _visible(request, pk)
    if not can(request.user, item):
        raise PermissionDenied
    return item


def _visible(request, pk):
    items = Rectification.objects.visible_to(request.user).select_related(
        "organisation", "window", "owner", "found_by", "reported_by", "signed_off_by",
        "period__scheme_version", "campaign__organisation", "inspection", "feedback", "pledge",
    )  # fmt: skip
    return get_object_or_404(items, pk=pk)
