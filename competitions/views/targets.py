"""创建目标 (C01 to C11): aimed at, declared, verified, decided by somebody else."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from branches.models import home_paths
from common.dates import today
from common.templatetags.portal import cn_date
from competitions import permissions
from competitions.actions import targets as actions
from competitions.forms import targets as forms
from competitions.models import Target
from competitions.queries.criteria import criteria_of, criteria_shown
from competitions.views.deeds import Deed, deed_page, offered
from competitions.views.pages import SUBJECTS, chosen, list_page, organisations_of

STATES = {"aimed": "info", "declared": "due", "verified": "due", "met": "ok", "unmet": "late"}


def target_list(request):
    names = {item.key: item.name for item in items_of(request)}
    asked = chosen(request, "item", names.items())
    state = chosen(request, "state", Target.State.choices)
    return list_page(
        request,
        _targets(request, asked, state),
        lambda one: _line(one, names),
        title="创建目标",
        sub="有标准、有办法量、有佐证；申报以后由别人核验和认定。",
        headings=["目标", "谁", "组织", "项目", "期限", "状态"],
        actions=_offers(request) if names else [],
        search=("name", *SUBJECTS),
        choices=[
            ("item", "项目", [("", "全部"), *names.items()], asked),
            ("state", "状态", [("", "全部"), *Target.State.choices], state),
        ],
        empty=("还没有创建目标", "支部、窗口和个人提出要争创什么、什么时候达到，组织的目标和个人的目标可以成对。"),
    )  # fmt: skip


def _targets(request, item, state):
    rows = Target.objects.visible_to(request.user).filter(campaign=request.campaign)
    rows = rows.filter(item=item) if item else rows
    rows = rows.filter(state=state) if state else rows
    return rows.with_subjects().order_by("organisation__path", "item", "pk")


def _line(one, names):
    cells = [
        one.name,
        str(one.subject),
        one.organisation.label,
        names.get(one.item, one.item),
        cn_date(one.due_on),
    ]
    url = reverse("competitions:target_detail", args=[one.pk])
    return url, cells, (STATES[one.state], one.get_state_display())


def _offers(request):
    offers = []
    if home_paths(request.user) or organisations_of(request).exists():
        offers.append(("提出目标", reverse("competitions:target_add"), "plus"))
    if permissions.can_enrol(request.user, request.campaign):
        offers.append(("全员参加", reverse("competitions:target_everybody"), "people"))
    return offers


def items_of(request):
    return request.period.plan.items_with("target") if request.period else ()


def words_of(plan):
    """The scheme's standard and measure of an item; criteria stand in where it gives no standard."""

    def words(item):
        lists = criteria_of(plan, item)
        lines = [line for one in lists for line in one.lines]
        waiting = [f"按“{one.name}”，条文由党委在方案里填写" for one in lists if one.waiting]
        return {
            "standard": item.options.standard or "\n".join([*lines, *waiting]),
            "measure": item.options.measure or "",
        }

    return words


def target_add(request):
    """A secretary for his place, anybody for himself."""
    items = items_of(request)
    if not items:
        raise Http404
    top = organisations_of(request).order_by("depth", "path").first()
    own = top is None
    if own and not home_paths(request.user):
        raise PermissionDenied
    kinds = list(dict.fromkeys(kind for item in items for kind in item.options.subjects))
    form = forms.TargetForm(
        request.POST or None,
        items=items,
        goals=_goals(request),
        words=words_of(request.period.plan),
        kinds=["person"] if own else kinds,
        organisation=top or request.campaign.organisation,
        today=today(),
        initial={"due_on": request.period.ends_on, "who": request.user.name if own else ""},
    )
    if form.is_valid() and _is_allowed(request, form, own=own):
        target = _aim(request, form.cleaned_data)
        messages.success(request, "目标已提出，达到后请申报。")
        return redirect("competitions:target_detail", target.pk)
    context = {"form": form, "title": "提出目标", "crumbs": _crumbs()}
    return render(request, "competitions/form.html", context)


def _is_allowed(request, form, *, own):
    if own and form.cleaned_data["subject"] != request.user:
        form.add_error("who", "您只能为自己提出目标。")
        return False
    return True


def _goals(request):
    """Goals of organisations that a person's goal may belong to (in pairs)."""
    return Target.objects.filter(campaign=request.campaign, branch__isnull=False).order_by("pk")


def _aim(request, cleaned):
    target = Target(
        campaign=request.campaign,
        period=request.period,
        item=cleaned["item"],
        organisation=cleaned["place"],
        **{cleaned["kind"]: cleaned["subject"]},
        **{key: cleaned[key] for key in ("name", "standard", "measure", "goal_of", "due_on")},
    )
    return actions.aim(target, by=request.user, at=timezone.now())


def target_everybody(request):
    """个个争先进: a target for each window and person that has none (C09)."""
    items = [item for item in items_of(request) if item.options.everybody]
    if not permissions.can_enrol(request.user, request.campaign):
        raise PermissionDenied
    form = forms.EverybodyForm(
        request.POST or None,
        items=items,
        initial={"due_on": request.period and request.period.ends_on},
    )
    if form.is_valid():
        item = next(one for one in items if one.key == form.cleaned_data["item"])
        made = actions.enrol_everybody(
            period=request.period, item=item, words=words_of(request.period.plan)(item),
            due_on=form.cleaned_data["due_on"], by=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, f"已为 {made} 个对象提出目标。")
        return redirect("competitions:target_list")
    context = {
        "form": form,
        "title": "全员参加",
        "hint": "方案写明人人参加的项目，可以一次为每个窗口、每个人提出目标；已有的不重复。",
        "crumbs": _crumbs(),
    }
    return render(request, "competitions/form.html", context)


def target_detail(request, pk):
    target = _visible(request, pk)
    context = {
        "target": target,
        "state": STATES[target.state],
        "criteria": criteria_shown(target),
        "goals": target.member_goals.with_subjects().order_by("pk"),
        "deeds": offered(DEEDS, request.user, target),
        "crumbs": _crumbs(),
    }
    return render(request, "competitions/target_detail.html", context)


def target_deed(request, pk, deed):
    target = _visible(request, pk)
    back = reverse("competitions:target_detail", args=[pk])
    return deed_page(
        request, target, DEEDS, deed, back=back, crumbs=[*_crumbs(), (target.name, back)]
    )


def _visible(request, pk):
    targets = Target.objects.visible_to(request.user).select_related(
        "person", "window", "branch", "organisation", "period__scheme_version", "declared_by",
        "verified_by", "decided_by", "aimed_by", "goal_of",
    )  # fmt: skip
    return get_object_or_404(targets, pk=pk)


def _crumbs():
    return [("创建目标", reverse("competitions:target_list"))]


def _lists(request, target):
    """What the form of the plan's lists needs; ticks already made stay."""
    plan = target.period.plan
    item = next((one for one in plan.items_with("target") if one.key == target.item), None)
    criteria = criteria_of(plan, item) if item else []
    return {"criteria": criteria, "noted": target.checked}


def _declaring(request, target):
    plan = target.period.plan
    item = next((one for one in plan.items_with("target") if one.key == target.item), None)
    wanted = item.options.evidence if item else ()
    return {**_lists(request, target), "wanted": wanted, "initial": {"evidence": target.evidence}}


def _has_lists(person, target):
    return permissions.can_declare_target(person, target) and any(
        one.lines for one in _lists(None, target)["criteria"]
    )


DEEDS = {
    "check": Deed(
        "逐条对照",
        _has_lists,
        actions.check_criteria,
        form=lambda data, files, **given: forms.CriteriaForm(data, **given),
        given=_lists,
        values=lambda form: {"criteria_met": form.criteria_met},
        hint="平时对照，做到一条勾一条；申报时还在。",
        done="已保存。",
    ),
    "declare": Deed(
        "申报",
        permissions.can_declare_target,
        actions.declare,
        form=lambda data, files, **given: forms.DeclareForm(data, **given),
        given=_declaring,
        values=lambda form: form.values,
        lines=lambda row: [("标准", row.standard)],
        is_main=True,
    ),
    "verify": Deed(
        "核验",
        permissions.can_verify_target,
        actions.verify,
        form=lambda data, files: forms.VerdictForm(data, words=("属实，报请认定", "退回")),
        values=lambda form: {"passed": form.is_yes, "note": form.cleaned_data["note"]},
        lines=lambda row: [("标准", row.standard), ("佐证", row.evidence)],
        is_main=True,
    ),
    "decide": Deed(
        "认定",
        permissions.can_decide_target,
        actions.decide,
        form=lambda data, files: forms.VerdictForm(data, words=("达到", "未达到")),
        values=lambda form: {"met": form.is_yes, "note": form.cleaned_data["note"]},
        lines=lambda row: [
            ("标准", row.standard),
            ("佐证", row.evidence),
            ("核验", row.verify_note),
        ],
        is_main=True,
    ),
}
