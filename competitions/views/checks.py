"""对照自查 (B05): the scheme's questions, answered for oneself; others only see that it is done."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from branches.models import Person
from common.dates import today
from competitions import permissions
from competitions.actions.activities import write_self_check
from competitions.forms.activities import SelfCheckForm
from competitions.models import SelfCheck
from competitions.views.pages import organisations_of, tabs_of


def check_list(request):
    items = request.period.plan.items_with("checklist") if request.period else ()
    mine = {
        one.item: one
        for one in SelfCheck.objects.filter(period=request.period, person=request.user)
    }
    context = {
        "items": [(item, mine.get(item.key)) for item in items],
        "done": _done(request, items),
        "tabs": tabs_of(request),
    }
    return render(request, "competitions/check_list.html", context)


def _done(request, items):
    """[(item, how many of one's people have done it, of how many)] for who is responsible for any."""
    if not items or not permissions.can_run_anything(request.user):
        return []
    top = organisations_of(request).order_by("depth", "path").first()
    if top is None:
        return []
    people = Person.objects.in_organisation(top, today=today())
    total = people.count()
    written = SelfCheck.objects.filter(period=request.period, person__in=people)
    done = list(written.values_list("item", flat=True))
    return [(item, done.count(item.key), total) for item in items]


def check_write(request, item):
    """One's own answers; written again they replace the former."""
    plan = request.period.plan if request.period else None
    found = (
        next((one for one in plan.items_with("checklist") if one.key == item), None)
        if plan
        else None
    )
    if found is None:
        raise Http404
    there = SelfCheck.objects.filter(period=request.period, item=item, person=request.user).first()
    form = SelfCheckForm(
        request.POST or None,
        plan=plan,
        questionnaire=plan.questionnaire(found.options.questionnaire),
        answers=there.answers if there else {},
    )
    if form.is_valid():
        write_self_check(
            period=request.period, item=item, person=request.user, answers=form.answers,
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, "已保存，只有您自己看得到。查出的问题可以写成承诺。")
        return redirect("competitions:check_list")
    context = {
        "form": form,
        "title": found.name,
        "sub": f"{request.period.name} · 答案只有您自己看得到，支部只知道您查过没有。",
        "submit": "保存",
        "crumbs": [("对照自查", reverse("competitions:check_list"))],
    }
    return render(request, "competitions/form.html", context)
