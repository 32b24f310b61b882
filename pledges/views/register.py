"""Registers of the house: first asked, double posts, whereabouts, and the books of the plan."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from branches.models import Affiliation, Person
from branches.permissions import paths_of
from common import downloads
from common.dates import today
from common.paging import page_of
from pledges.actions import register as actions
from pledges.excel import COVERAGE, FIRST_ASKED
from pledges.forms.register import (
    FirstAskedFinishForm,
    FirstAskedForm,
    RegisterLineForm,
    WhereaboutsForm,
    WithdrawForm,
)
from pledges.models import FirstAsked, RegisterLine, Whereabouts
from pledges.permissions.register import (
    can_keep_any_register,
    can_keep_register,
    can_see_coverage,
    can_withdraw_note,
)
from pledges.queries.register import (
    away_now,
    coverage,
    double_posts,
    keepable_organisations,
    open_reports,
)

# Books that have pages of their own; every other register of a plan is kept in its own columns.
OWN_PAGES = {
    "first_asked": "pledges:first_asked_list",
    "double_post": "pledges:cover_today",
    "whereabouts": "pledges:cover_today",
}
DUE_DAYS = 3


def register_list(request):
    """Every book of the plan, and the ones that every unit has."""
    plan = request.period.plan if request.period else None
    books = [(book, OWN_PAGES.get(book.key)) for book in (plan.registers if plan else ())]
    counted = FirstAsked.objects.visible_to(request.user)
    context = {
        "books": books,
        "open_count": counted.filter(done_on=None).count(),
        "late_count": counted.late(today=today()).count(),
        "report_count": open_reports(request.user).count(),
        "rules": plan.rules if plan else (),
        "can_see_coverage": can_see_coverage(request.user),
        "can_add": keepable_organisations(request.user).exists(),
        "can_leave_note": bool(paths_of(request.user)),
    }
    return render(request, "pledges/register_list.html", context)


def first_asked_list(request):
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "state")}
    entries = FirstAsked.objects.visible_to(request.user).select_related(
        "organisation", "window", "first_by"
    )
    entries = _filtered(entries, asked).order_by("-asked_on", "-pk")
    if downloads.is_asked(request):
        return downloads.listing(request, "首问事项登记", FIRST_ASKED, entries, ledger=True)
    page = page_of(request, entries)
    for entry in page.object_list:
        entry.can_finish = can_keep_register(request.user, entry.organisation)
    context = {
        "page": page,
        "asked": asked,
        "today": today(),
        "can_add": keepable_organisations(request.user).exists(),
    }
    return render(request, "pledges/first_asked_list.html", context)


def _filtered(entries, asked):
    if asked["q"]:
        entries = entries.filter(
            Q(matter__icontains=asked["q"])
            | Q(visitor__icontains=asked["q"])
            | Q(handed_to__icontains=asked["q"])
        )
    if asked["state"] == "open":
        entries = entries.filter(done_on=None)
    elif asked["state"] == "late":
        entries = entries.late(today=today())
    elif asked["state"] == "done":
        entries = entries.filter(done_on__isnull=False)
    return entries


def first_asked_add(request):
    organisations = keepable_organisations(request.user)
    if not can_keep_any_register(request.user) or not organisations.exists():
        raise PermissionDenied
    day = today()
    form = FirstAskedForm(
        request.POST or None,
        organisations=organisations,
        today=day,
        initial={
            "asked_on": day,
            "due_on": day + timedelta(days=DUE_DAYS),
            "first_by": request.user.pk,
        },
    )
    if form.is_valid():
        actions.register_first_asked(form.save(commit=False), by=request.user, at=timezone.now())
        messages.success(request, "已登记。办结后回来填结果。")
        return redirect("pledges:first_asked_list")
    return render(request, "pledges/first_asked_add.html", {"form": form})


def first_asked_finish(request, pk):
    visible = FirstAsked.objects.visible_to(request.user).select_related("organisation")
    entry = get_object_or_404(visible, pk=pk)
    if not can_keep_register(request.user, entry.organisation):
        raise PermissionDenied
    form = FirstAskedFinishForm(
        request.POST or None, entry=entry, today=today(), initial={"done_on": today()}
    )
    if form.is_valid():
        try:
            actions.finish_first_asked(
                entry, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, "已办结。")
        except actions.AlreadyDone as done:
            messages.info(request, str(done))
        return redirect("pledges:first_asked_list")
    return render(request, "pledges/first_asked_finish.html", {"form": form, "entry": entry})


def cover_today(request):
    """Who sits where today: A, or B while A is away; and what they wrote on the door."""
    now = timezone.now()
    posts = list(double_posts(request.user, today=today())[:500])
    away = away_now({post.person_id for post in posts} | {request.user.pk}, at=now)
    context = {
        "posts": [
            (post, note, note and can_withdraw_note(request.user, note))
            for post, note in ((post, away.get(post.person_id)) for post in posts)
        ],
        "mine": away.get(request.user.pk),
        "now": now,
        "can_leave_note": bool(paths_of(request.user)),
    }
    return render(request, "pledges/cover_today.html", context)


def whereabouts_write(request):
    home = (
        Affiliation.objects.current(today=today())
        .filter(person=request.user)
        .select_related("organisation")
        .first()
    )
    if home is None:
        raise PermissionDenied
    now = timezone.now()
    colleagues = (
        Person.objects.in_organisation(home.organisation, today=today())
        .exclude(pk=request.user.pk)
        .order_by("name_pinyin", "pk")
    )
    note = Whereabouts(person=request.user, organisation=home.organisation)
    form = WhereaboutsForm(
        request.POST or None,
        instance=note,
        colleagues=colleagues,
        now=now,
        initial={"away_at": timezone.localtime(now)},
    )
    if form.is_valid():
        actions.leave_note(form.save(commit=False), at=now)
        messages.success(request, "去向已写上；到预计返回的时间自动撤下。")
        return redirect("pledges:cover_today")
    return render(request, "pledges/whereabouts_write.html", {"form": form})


def whereabouts_withdraw(request, pk):
    notes = Whereabouts.objects.visible_to(request.user).running(at=timezone.now())
    note = get_object_or_404(notes.select_related("person", "organisation"), pk=pk)
    if not can_withdraw_note(request.user, note):
        raise PermissionDenied
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.withdraw_note(note, reason=reason, by=request.user, at=timezone.now())
            messages.success(request, "已撤下，并告诉了本人。")
        except actions.AlreadyDone as done:
            messages.info(request, str(done))
        return redirect("pledges:cover_today")
    return render(request, "pledges/whereabouts_withdraw.html", {"form": form, "note": note})


@require_POST
def whereabouts_end(request):
    if actions.come_back(request.user, at=timezone.now()):
        messages.success(request, "去向留言已撤下，欢迎回来。")
    return redirect("pledges:cover_today")


def register_book(request, key):
    """One book of the plan in its own columns."""
    book = _book(request, key)
    lines = (
        RegisterLine.objects.visible_to(request.user)
        .filter(campaign=request.campaign, register=key)
        .select_related("organisation", "written_by")
        .order_by("-written_at", "-pk")
    )
    if downloads.is_asked(request):
        return downloads.listing(request, book.name, _columns(book), lines, ledger=True)
    page = page_of(request, lines)
    rows = [
        (line, [(column, line.values.get(column, "")) for column in book.columns])
        for line in page.object_list
    ]
    context = {
        "book": book,
        "page": page,
        "rows": rows,
        "can_add": can_keep_any_register(request.user),
    }
    return render(request, "pledges/register_book.html", context)


def _columns(book):
    own = [
        (column, lambda line, column=column: line.values.get(column, "")) for column in book.columns
    ]
    return [
        ("组织", lambda line: line.organisation.name),
        *own,
        ("登记人", lambda line: line.written_by.name),
        ("登记日期", lambda line: timezone.localdate(line.written_at)),
    ]


def register_write(request, key):
    book = _book(request, key)
    organisations = keepable_organisations(request.user)
    if not organisations.exists():
        raise PermissionDenied
    form = RegisterLineForm(
        request.POST or None,
        organisations=organisations,
        columns=book.columns,
        is_public=book.public,
    )
    if form.is_valid():
        line = actions.line_of(
            request.campaign, form.cleaned_data["organisation"], key, form.values
        )
        actions.write_line(line, by=request.user, at=timezone.now(), period=request.period)
        messages.success(request, "已登记。")
        return redirect("pledges:register_book", key)
    return render(request, "pledges/register_write.html", {"form": form, "book": book})


def _book(request, key):
    books = request.period.plan.registers if request.period else ()
    found = next((book for book in books if book.key == key), None)
    if found is None:
        raise Http404
    return found


def coverage_list(request):
    """党组织覆盖: windows with a member, windows with a branch (G12)."""
    if not can_see_coverage(request.user):
        raise PermissionDenied
    windows = coverage(request.user, today=today())
    if downloads.is_asked(request):
        return downloads.listing(request, "党组织覆盖", COVERAGE, windows)
    members = sum(window.has_member for window in windows)
    branches = sum(window.has_branch for window in windows)
    context = {
        "windows": windows,
        "total": len(windows),
        "members": members,
        "branches": branches,
        "member_share": members / len(windows) if windows else None,
        "branch_share": branches / len(windows) if windows else None,
        "target": _target(request),
    }
    return render(request, "pledges/coverage_list.html", context)


def _target(request):
    item = request.period.plan.item_with("coverage") if request.period else None
    return getattr(item.options, "target_percent", None) if item else None
