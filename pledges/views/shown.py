"""The office side of what a unit shows: service items, plaques, stories, brands, standing texts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from branches.models import Window
from common import downloads
from common.dates import today
from common.paging import page_of
from common.publishing import NotReady, StepTaken, take_down
from pledges.actions.shown import NotFirst, judge_shown, propose_shown, revise_shown, save_shown
from pledges.actions.shown_in_bulk import propose_drafts
from pledges.excel import SHOWN, SHOWN_MORE
from pledges.forms.shown import FORMS, ShownJudgeForm, TakeDownForm
from pledges.models import Bulletin, WindowText, grouped
from pledges.permissions.shown import (
    can_edit_shown,
    can_judge_shown,
    can_revise_shown,
    can_take_down_shown,
    can_write_any_shown,
)
from pledges.queries.shown import (
    KINDS,
    first_text,
    needs_approval,
    options_of,
    own_drafts,
    shown_rows,
    typed_headings,
    versions_of,
    waiting_for,
    wordless_windows,
    writable_organisations,
)

WORDS = {
    "item": ("服务事项", "办什么、凭什么、怎么办、收不收费、几天办好、找谁办：八项齐了才能公示。"),
    "plaque": ("挂牌", "示范岗、示范窗口、文明号：牌子、挂牌人、期限和标准一起公开。"),
    "story": ("事迹", "身边人身边事，审核后上光荣榜。"),
    "brand": ("服务品牌", "一个支部一个品牌：叫什么、怎么做、有什么成效。"),
    "bulletin": (
        "评议公示",
        "评议结果和点评：选好内容和给谁看，另一位同志审核后公示，可以印出来张贴。",
    ),
    "window": (
        "窗口公示文字",
        "窗口公示栏上写的受理项目、程序、流程和方案规定的各栏：改一个字也要另一位同志审核。",
    ),
    "text": ("制度与标准", "首问负责等制度、服务标准、文明用语：一条一行，检查时逐条对照。"),
}
# what is gathered from rooms above, not typed in here
FROM_LISTS = {"item", "window"}  # brought in by the dozen, handed in with one press
GATHERED_AT = {"bulletin": "evaluations:bulletin_add", "window": "branches:window_list"}
SEARCHED = {
    "bulletin": "title",
    "item": "matter",
    "plaque": "name",
    "story": "title",
    "brand": "name",
    "text": "title",
    "window": "window__name",
}


def _kind(kind):
    if kind not in KINDS:
        raise Http404
    return KINDS[kind][0]


def shown_list(request, kind):
    model = _kind(kind)
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "state")}
    rows = shown_rows(kind).filter(pk__in=model.objects.visible_to(request.user).values("pk"))
    rows = rows.newest()
    if asked["q"]:
        rows = rows.filter(
            Q(**{f"{SEARCHED[kind]}__icontains": asked["q"]})
            | Q(organisation__name__icontains=asked["q"])
        )
    if asked["state"] in model.State.values:
        rows = rows.filter(state=asked["state"])
    rows = rows.order_by("organisation__path", SEARCHED[kind], "pk")
    title, about = WORDS[kind]
    if downloads.is_asked(request):
        return downloads.listing(request, title, SHOWN + SHOWN_MORE.get(kind, []), rows)
    context = {
        "page": page_of(request, rows),
        "asked": asked,
        "states": model.State.choices,
        "kind": kind,
        "kinds": [(key, words[0]) for key, words in WORDS.items()],
        "title": title,
        "about": about,
        "can_add": can_write_any_shown(request.user),
        "drafts": _count_drafts(request.user, kind),
        "today": today(),
    }
    return render(request, "pledges/shown_list.html", context)


def _count_drafts(person, kind):
    """How many a press would hand in; one or two statements, none for readers."""
    if kind not in FROM_LISTS or not can_write_any_shown(person):
        return 0
    organisations = writable_organisations(person)
    drafts = own_drafts(kind, organisations, by=person).count()
    return drafts + (wordless_windows(organisations).count() if kind == "window" else 0)


@require_POST
def shown_propose_all(request, kind):
    """One's own drafts of a kind, all at once (L03, L12)."""
    if kind not in FROM_LISTS:
        raise Http404
    if not can_write_any_shown(request.user):
        raise PermissionDenied
    organisations = writable_organisations(request.user)
    number, refused = propose_drafts(kind, organisations, by=request.user, at=timezone.now())
    if number:
        messages.success(request, f"已提出 {number} 份，等另一位同志逐份审核。")
    elif not refused:
        messages.info(request, "没有可提出的草稿。")
    if refused:
        first = "；".join(f"{name}：{why}" for name, why in list(refused.items())[:5])
        messages.warning(request, f"{len(refused)} 份没有提出，仍是草稿。{first}。")
    return redirect("pledges:shown_list", kind)


def shown_desk(request):
    """公示审核: what waits for my signature."""
    if not can_write_any_shown(request.user):
        raise PermissionDenied
    rows = [(key, shown) for key, shown in _with_kinds(waiting_for(request.user))]
    return render(request, "pledges/shown_desk.html", {"rows": rows})


def _with_kinds(rows):
    keys = {model: key for key, (model, _) in KINDS.items()}
    return [(keys[type(shown)], shown) for shown in rows]


def shown_add(request, kind):
    model = _kind(kind)
    organisations = writable_organisations(request.user)
    first = organisations.first()
    if first is None:
        raise PermissionDenied
    if kind == "window" and request.GET.get("window"):
        return window_text_add(request, organisations)
    if kind in GATHERED_AT:
        return redirect(GATHERED_AT[kind])
    shown = model(organisation=_asked_organisation(request, organisations) or first)
    return _edit(request, kind, shown, organisations)


def _asked_organisation(request, organisations):
    asked = request.POST.get("organisation") or request.GET.get("organisation") or ""
    return organisations.filter(pk=asked).first() if asked.isdigit() else None


def window_text_add(request, organisations):
    """The first words of a window: it starts from what a list brought in."""
    asked = request.GET["window"]
    windows = Window.objects.open().filter(organisation__in=organisations)
    window = get_object_or_404(
        windows.select_related("organisation"), pk=asked if asked.isdigit() else 0
    )
    if WindowText.objects.filter(window=window).exists():
        return redirect("pledges:window_parts", window.pk)
    return _edit(request, "window", first_text(window), organisations)


def shown_edit(request, kind, pk):
    shown = _visible(request, kind, pk)
    if not can_edit_shown(request.user, shown):
        raise PermissionDenied
    return _edit(request, kind, shown, writable_organisations(request.user))


def _edit(request, kind, shown, organisations):
    form = FORMS[kind](
        request.POST or None,
        instance=shown,
        organisations=organisations,
        options=options_of(kind, shown.organisation, today=today()),
        initial={"organisation": shown.organisation},
        **({"headings": typed_headings(shown.window, today=today())} if kind == "window" else {}),
    )
    if form.is_valid():
        return _save(request, kind, form.save(commit=False))
    context = {"form": form, "shown": shown, "kind": kind, "title": WORDS[kind][0]}
    return render(request, "pledges/shown_edit.html", context)


def _save(request, kind, shown):
    at = timezone.now()
    try:
        save_shown(shown, by=request.user, at=at)
        if "propose" in request.POST:
            propose_shown(shown, by=request.user, at=at)
            messages.success(request, "已提出，等另一位同志审核；通过后自动公示。")
        else:
            messages.success(request, "草稿已保存，齐了再提出公示。")
    except NotFirst as stopped:
        messages.error(request, str(stopped))
        return redirect("pledges:window_parts", shown.window_id)
    except (NotReady, StepTaken) as stopped:
        messages.error(request, f"还不能公示。{stopped}。您填写的内容已存为草稿。")
    return redirect("pledges:shown_detail", kind, shown.pk)


def shown_detail(request, kind, pk):
    shown = _visible(request, kind, pk)
    person = request.user
    context = {
        "shown": shown,
        "kind": kind,
        "title": WORDS[kind][0],
        "gaps": shown.gaps(),
        "facts": facts_of(shown),
        "groups": groups_of(shown, person),
        "versions": versions_of(shown)[:10],
        "is_expired": shown.is_expired(today=today()),
        "can_edit": can_edit_shown(person, shown),
        "can_judge": can_judge_shown(person, shown),
        "can_take_down": can_take_down_shown(person, shown),
        "can_revise": can_revise_shown(person, shown),
    }
    return render(request, "pledges/shown_detail.html", context)


def facts_of(shown):
    """[(label, text)] of everything filled in, as the office reads it."""
    texts = shown.public_texts()
    for name in ("公示内容", "栏目名称"):  # a table, and the headings themselves, say it better
        texts.pop(name, None)
    return [(label, text) for label, text in texts.items() if text]


def groups_of(shown, person):
    """{heading: rows} of a bulletin, as far as the reader may know them."""
    if not isinstance(shown, Bulletin):
        return {}
    may_sign = can_edit_shown(person, shown) or can_judge_shown(person, shown)
    is_over = may_sign or can_take_down_shown(person, shown)
    return grouped(shown.rows if is_over else shown.rows_for(person))


@require_POST
def shown_propose(request, kind, pk):
    shown = _visible(request, kind, pk)
    if not can_edit_shown(request.user, shown):
        raise PermissionDenied
    try:
        propose_shown(shown, by=request.user, at=timezone.now())
        messages.success(request, "已提出，等另一位同志审核；通过后自动公示。")
    except (NotReady, StepTaken) as stopped:
        messages.error(request, f"还不能公示。{stopped}。")
    return redirect("pledges:shown_detail", kind, pk)


def shown_judge(request, kind, pk):
    shown = _visible(request, kind, pk)
    if not can_judge_shown(request.user, shown):
        raise PermissionDenied
    form = ShownJudgeForm(request.POST or None)
    if form.is_valid():
        _judge(request, shown, form.cleaned_data)
        return redirect("pledges:shown_desk")
    context = {
        "shown": shown,
        "kind": kind,
        "title": WORDS[kind][0],
        "form": form,
        "facts": facts_of(shown),
        "groups": groups_of(shown, request.user),
        "needs_approval": needs_approval(shown, today=today()),
    }
    return render(request, "pledges/shown_judge.html", context)


def _judge(request, shown, cleaned):
    try:
        judge_shown(shown, by=request.user, at=timezone.now(), **cleaned)
    except (NotReady, StepTaken) as stopped:
        messages.error(request, f"没有办成：{stopped}。")
        return
    said = {
        "live": "已公示，公示页上现在就能看到。",
        "checked": "审核通过，等上级审批后公示。",
        "returned": "已退回，提出人会收到消息。",
    }
    messages.success(request, said[shown.state])


def shown_take_down(request, kind, pk):
    shown = _visible(request, kind, pk)
    if not can_take_down_shown(request.user, shown):
        raise PermissionDenied
    form = TakeDownForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            take_down(shown, by=request.user, at=timezone.now(), reason=reason)
            messages.success(request, "已撤下，公示页现在显示撤下原因。")
        except StepTaken as taken:
            messages.error(request, str(taken))
        return redirect("pledges:shown_detail", kind, pk)
    return render(
        request, "pledges/shown_take_down.html", {"form": form, "shown": shown, "kind": kind}
    )


@require_POST
def shown_revise(request, kind, pk):
    shown = _visible(request, kind, pk)
    if not can_revise_shown(request.user, shown):
        raise PermissionDenied
    try:
        draft = revise_shown(shown, by=request.user, at=timezone.now())
    except StepTaken as taken:
        messages.error(request, str(taken))
        return redirect("pledges:shown_detail", kind, pk)
    messages.success(request, "这是新的一版。公示通过前，公示页仍显示原来的内容。")
    return redirect("pledges:shown_edit", kind, draft.pk)


def _visible(request, kind, pk):
    model = _kind(kind)
    seen = model.objects.visible_to(request.user).values("pk")
    return get_object_or_404(shown_rows(kind).filter(pk__in=seen), pk=pk)
