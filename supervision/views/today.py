from dataclasses import dataclass

from django.shortcuts import render

from branches.models import scope_paths
from campaigns.queries.duties import rule_progress
from common import dates
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
    groups = _grouped(page)
    _mark_first(groups)
    context = {
        "groups": groups,
        "done": [_finished(line, page) for line in page.done],
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


def _grouped(page):
    """[(title, key, lines)] of the groups with something in them: duties, then what points elsewhere."""
    groups = []
    for key, title in GROUPS:
        lines = [_shown(line, STATES[key], page) for line in page.groups.get(key, ())]
        lines += [_pointed(one, STATES[key], page) for one in page.pointers.get(key, ())]
        if lines:
            groups.append((title, key, lines))
    return groups


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
