from dataclasses import dataclass

from django.core.paginator import Paginator
from django.shortcuts import render

from branches.models import scope_paths
from campaigns.queries.duties import DutyLine, rule_progress
from common import dates
from common.paging import page_of
from common.templatetags.portal import cn_date
from supervision.queries.late import open_urges
from supervision.queries.today import SEALED_ACT, at_any_time, ballots_in_boxes, today_of
from supervision.views.duty_links import WHERE, find_url, link_of

GROUPS = [
    ("late", "已逾期"),
    ("today", "今天到期"),
    ("waits", "等您处理"),
    ("week", "本周"),
    ("later", "之后"),
]
STATES = {"late": "late", "today": "due", "waits": "open", "week": "open", "later": "open"}
DONE = ("done", "已完成")
# So many lines a group; one or two more are shown at once rather than behind a link.
FIRST, FEW = 10, 2


@dataclass
class Shown:
    """A line as templates/_components/duty.html takes it."""

    title: str
    state: str
    meta: str
    url: str | None = None
    label: str = ""
    done: int = 0
    total: int = 0
    main: bool = False


def today(request):
    """今天要办: where every role lands."""
    if request.campaign is None:
        return render(request, "supervision/today.html", {"campaign": None})
    day = dates.today()
    page = today_of(request.user, request.campaign, today=day)
    if request.GET.get("show") in dict([*GROUPS, DONE]):
        return _one_group(request, page, request.GET["show"])
    groups = _grouped(page)
    _mark_first(groups)
    context = {
        "groups": groups,
        "done": _first_lines(page, "done"),
        "not_begun": len(page.not_begun),
        "next": page.not_begun[0] if page.not_begun else None,
        "elsewhere": page.elsewhere,
        "ballots": page.ballots,
        "urges": open_urges(request.user, today=day) if page.groups["late"] else [],
        "minutes": page.minutes,
        "days_left": _days_left(request.period, day),
        "any_time": _any_time(request),
        "progress": _progress(request, day),
        "duty_list_url": find_url("campaigns:duty_list"),
    }
    return render(request, "supervision/today.html", context)


def _one_group(request, page, key):
    """All lines of a group, page by page: where "还有 N 项" leads."""
    rows = page_of(request, _lines(page, key))
    rows.object_list = _shown_lines(page, key, rows)
    title = dict([*GROUPS, DONE])[key]
    _mark_first([(title, key, rows)])
    context = {"title": title, "page": rows, "home": [("今天要办", "/")]}
    return render(request, "supervision/today_group.html", context)


def _grouped(page):
    """[(title, key, first page of lines)] of the groups with something in them."""
    groups = [(title, key, _first_lines(page, key)) for key, title in GROUPS]
    return [group for group in groups if len(group[2])]


def _first_lines(page, key):
    """Only what is shown is put into words: a secretary may have hundreds of lines."""
    first = Paginator(_lines(page, key), FIRST, orphans=FEW).page(1)
    first.object_list = _shown_lines(page, key, first)
    first.rest = first.paginator.count - first.end_index()
    return first


def _lines(page, key):
    """A group's duties, then what points elsewhere; of what is done the newest first."""
    if key == "done":
        boxed = [line for line in page.done if line.left]  # their time is told to nobody
        settled = [line for line in page.done if not line.left]
        return boxed + sorted(settled, key=lambda line: line.last_done_at, reverse=True)
    return [*page.groups.get(key, ()), *page.pointers.get(key, ())]


def _shown_lines(page, key, lines):
    if key == "done":
        return [_finished(line, page) for line in lines]
    state = STATES[key]
    return [
        _shown(line, state, page) if isinstance(line, DutyLine) else _pointed(line, state, page)
        for line in lines
    ]


def _pointed(pointer, state, page):
    address = find_url(pointer.name, pointer.args)
    if address and pointer.query:
        address += f"?{pointer.query}"
    first = "" if pointer.count == 1 else "最早一件 "
    if pointer.due_on:
        late = (page.today - pointer.due_on).days
        meta = f"{first}{cn_date(pointer.due_on)}到期" + (f"，已超 {late} 天" if late > 0 else "")
    else:
        meta = f"{first}{cn_date(pointer.since)}起" if pointer.since else ""
    title = f"{pointer.title} {pointer.count} {pointer.unit}"
    return Shown(title, state, meta, address, pointer.label)


def _days_left(period, day):
    if period is None or not period.is_open or period.ends_on < day:
        return None
    return (period.ends_on - day).days


def _shown(line, state, page):
    url, label = link_of(line)
    meta = [_when(line, state, page.today)]
    if line.is_batch:
        meta.append(f"已办 {line.done}，还有 {line.left}")
    meta.append(f"约 {line.minutes} 分钟")
    if line.act == SEALED_ACT:
        url, label, note = _ballot(line, page)
        meta.append(note)
    total = line.total if line.is_batch else 0
    return Shown(_title(line), state, " · ".join(filter(None, meta)), url, label, line.done, total)


def _title(line):
    if line.is_batch:
        return f"{line.title} {line.total} {'人' if line.person_id else '项'}"
    return f"{line.title}：{line.subject}" if line.subject else line.title


def _when(line, state, day):
    if state == "late":
        return f"应于 {cn_date(line.due_on)}前办完，已逾期 {(day - line.due_on).days} 天"
    return "今天到期" if state == "due" else f"{cn_date(line.due_on)}截止"


def _ballot(line, page):
    """The round's page, or why there is nothing to vote on. The duty itself is settled at the close."""
    round_, _ = page.rounds.get(line.period_id, (None, False))
    if round_ is None:
        return None, "", "支部开启互评后可以投票"
    if not round_.is_open:
        return None, "", "投票已截止"
    note = "选票密封，不记名" if round_.is_sealed else round_.way
    return find_url("evaluations:peer_ballot", [round_.pk]), "去投票", note


def _finished(line, page):
    if line.left:  # a ballot that lies in the box
        return Shown(line.title, "done", "已投票，计票前不记录时间")
    count = f"{line.done} 项 · " if line.is_batch else ""
    late = " · 补录" if line.late else ""
    return Shown(line.title, "done", f"{count}{cn_date(line.last_done_at)}完成{late}")


def _mark_first(groups):
    """One filled button a page: the most urgent line that can be done now."""
    for _, _, lines in groups:
        for line in lines:
            if line.url:
                line.main = True
                return


def _any_time(request):
    if request.period is None or not request.period.is_open:
        return []
    rules = at_any_time(request.user, request.period.plan)
    shown = []
    for rule in rules:
        label, name, _ = WHERE.get(rule.act, ("", "", None))
        url = find_url(name) if name else None
        shown.append(Shown(rule.name, "open", rule.note or "不定期，随时可办", url, label))
    return shown


def _progress(request, day):
    """For secretaries: how far the branch is, rule by rule (P14)."""
    paths = scope_paths(request.user, "secretary")
    if not paths or request.period is None:
        return []
    counted = rule_progress(request.period, paths=paths, today=day)
    asked = [rule for rule in request.period.plan.cadence if rule.key in counted]
    for rule in asked:
        if rule.act == SEALED_ACT:  # settled in the duties only when the round is counted
            counted[rule.key]["done"] += ballots_in_boxes(request.period, paths)
    return [(rule.name, counted[rule.key]) for rule in asked]
