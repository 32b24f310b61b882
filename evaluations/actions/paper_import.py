"""Paper totals from a list: as if one person had typed each pile; the other still types his own (P05)."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from branches.actions.list_import import Change, RowIntent, refuse_doubles
from branches.actions.roster_plan import PlanMoved
from branches.models import Window, scope_paths, under
from campaigns.models import Period
from evaluations.actions.papers import PaperRefused, type_paper
from evaluations.models import PaperEntry, PaperSheet, Poll
from evaluations.permissions.paper import TYPISTS, can_type_papers
from evaluations.queries import papers as queries
from evaluations.queries import polls

MOST = 5000


@dataclass(frozen=True)
class Subject:
    """What the piles are about: the windows of a period, or a poll with its classes of raters."""

    period: Period
    poll: Poll | None
    form: queries.Form
    raters: dict  # what a class is called → its key; empty for windows
    typist: int = 0


class Slot(NamedTuple):
    key: str
    label: str
    question: str
    level: str


def things_to_type(by):
    """[(key, label)]: open periods whose plan has paper about windows, polls that take paper.

    The key ends in who types: his own earlier typing is changed by his file, anybody else's is not.
    """
    if not can_type_papers(by):
        return []
    periods = Period.objects.visible_to(by).filter(state=Period.State.OPEN)
    periods = periods.select_related("campaign", "scheme_version").order_by("-starts_on", "-pk")
    running = Poll.objects.filter(
        under(scope_paths(by, *TYPISTS), "organisation__path"), state=Poll.State.OPEN
    ).select_related("period__scheme_version")
    return [
        (f"period:{one.pk}:{by.pk}", f"窗口的群众评价，{one}")
        for one in periods
        if queries.window_form(one.plan) is not None
    ] + [
        (f"poll:{one.pk}:{by.pk}", one.name)
        for one in running.order_by("-pk")
        if not queries.poll_form(one).has_figures
    ]


def subject_of(about):
    kind, key, typist = (*about.split(":"), "0")[:3]
    if kind == "period":
        period = Period.objects.select_related("campaign__organisation", "scheme_version")
        period = period.get(pk=int(key))
        return Subject(period, None, queries.window_form(period.plan), {}, int(typist))
    rows = Poll.objects.select_related("organisation", "period__scheme_version", "period__campaign")
    poll = rows.get(pk=int(key))
    raters = {label: name for name, label in polls.offer_of(poll).classes}
    return Subject(poll.period, poll, queries.poll_form(poll), raters, int(typist))


def slots_of(form):
    """A column for each level; the question stands before it when there are several."""
    many = len(form.questions) > 1
    return [
        Slot(f"c_{key}__{level}", f"{name}·{label}" if many else label, key, level)
        for key, name, levels in form.questions
        for level, label in levels
    ]


def plan_papers(rows, *, scope, about, today):
    """One intent a row: one pile. Decides, writes nothing; what another person typed is not shown."""
    subject = subject_of(about)
    if problem := _closed_to(subject, scope):
        return [RowIntent(row, refusal=problem) for row in rows]
    known = _by_name(subject, scope)
    begun = _begun(subject)
    intents = [_intent(row, subject, known, begun) for row in rows]
    refuse_doubles(intents, lambda one: _key(one.values), "与第 {row} 行是同一叠")
    return intents


def _closed_to(subject, scope):
    if subject.poll is None:
        return "" if subject.period.is_open else f"{subject.period.name}已结算，不能再录"
    if subject.poll.state != Poll.State.OPEN:
        return f"“{subject.poll.name}”已经结束，不能再录"
    inside = subject.poll.organisation.path.startswith(scope.path)
    return "" if inside else f"这次评议由{subject.poll.organisation}组织，请重新选择组织"


def _by_name(subject, scope):
    """{name as typed: [window or position of a subject]}"""
    found = defaultdict(list)
    if subject.poll is not None:
        for position, name in subject.poll.subjects.values_list("position", "name"):
            found[name].append(position)
        return found
    above = subject.period.campaign.organisation.path
    windows = Window.objects.open().filter(organisation__path__startswith=scope.path)
    windows = windows.filter(organisation__path__startswith=above).select_related("organisation")
    for window in windows.order_by("pk"):
        place = window.organisation
        names = {place.name, place.label}
        for name in {window.name, *(f"{window.name}({one})" for one in names)}:
            found[name].append(window)
    return found


def _begun(subject):
    """{key of a pile: its sheet} of what somebody has typed or what is counted already."""
    about = {"poll": subject.poll} if subject.poll else {"period": subject.period, "poll": None}
    sheets = PaperSheet.objects.filter(**about).prefetch_related("entries")
    return {
        (one.form, one.pile, one.window_id, one.position, one.rater_class): one for one in sheets
    }


def _key(values):
    where = values["where"]
    window = where["window"].pk if where["window"] else None
    return (where["form"], where["pile"], window, where["position"], where["rater_class"])


def _intent(row, subject, known, begun):
    intent = RowIntent(row)
    where, intent.refusal = _where(row.values, subject, known)
    if intent.refusal:
        return intent
    totals, intent.refusal = _totals(row.values, subject.form)
    intent.values = {"where": where, "slips": row.values.get("slips") or 0, "totals": totals}
    sheet = None if intent.refusal else begun.get(_key(intent.values))
    if sheet and sheet.state == PaperSheet.State.COUNTED:
        intent.refusal = "这一叠已经计入，不能再录；另有一叠请换一个编号"
    elif sheet:
        _note_own(intent, sheet, subject)
    return intent


def _note_own(intent, sheet, subject):
    """One's own earlier typing is changed, not added to; another's stays unseen."""
    own = next((one for one in sheet.entries.all() if one.by_id == subject.typist), None)
    if own is None:
        return
    intent.target = own
    intent.compare({"slips": "张数"})
    before, now = own.totals, intent.values["totals"]
    if before != now:
        figures = _plain(before, subject.form), _plain(now, subject.form)
        intent.changes.append(Change("各档票数", *figures))


def _plain(totals, form):
    words = (
        f"{label} {totals.get(key, {}).get(level, 0)}"
        for key, _, levels in form.questions
        for level, label in levels
    )
    return "、".join(words)


def _where(values, subject, known):
    """(which sheet, why not)."""
    name = values.get("name", "")
    found = known.get(name.replace("（", "(").replace("）", ")"), ())
    form, problem = _only(values.get("form"), {one: one for one in subject.form.names}, "哪一种表")
    rater = ""
    if subject.raters and not problem:
        rater, problem = _only(values.get("rater"), subject.raters, "评议主体")
    if not found:
        problem = f"没有“{name[:40]}”，或不在导入范围内"
    elif len(found) > 1:
        problem = f"有 {len(found)} 个“{name[:40]}”，请写成“{name[:40]}（支部名）”"
    if not values.get("pile"):
        problem = problem or "没有写第几叠"
    if problem:
        return None, problem
    about = {"window": found[0], "position": 0} if subject.poll is None else {"window": None, "position": found[0]}  # fmt: skip
    return {
        "period": subject.period, "form": form, "pile": values["pile"], "poll": subject.poll,
        "rater_class": rater, **about,
    }, ""  # fmt: skip


def _only(text, choices, noun):
    """The key of what is written, or the only one there is."""
    if text is None and len(choices) == 1:
        return next(iter(choices.values())), ""
    if text in choices:
        return choices[text], ""
    return "", f"{noun}应为{'、'.join(choices)}之一"


def _totals(values, form):
    """({question: {level: count}}, why not): the rules of the form on the page."""
    slips, totals, problem = values.get("slips") or 0, {}, ""
    if not 1 <= slips <= MOST:
        return {}, f"张数应在 1 到 {MOST} 之间"
    for slot in slots_of(form):
        count = values.get(slot.key) or 0
        levels = totals.setdefault(slot.question, {})
        if count:
            levels[slot.level] = count
    for key, name, _ in form.questions:
        if sum(totals[key].values()) > slips:
            problem = problem or f"“{name}”的票数合计比张数多，请核对"
    if not any(totals.values()):
        problem = "各档都是 0，没有可计的票"
    return totals, problem


def write_papers(intents, *, undo, by, at):
    """The same action as on the page, pile by pile. What is counted by it cannot be taken back."""
    moment = at.replace(microsecond=0)  # an undo compares it with what a file can carry
    entries, sheets = [], []
    for intent in intents:
        sheet = PaperSheet.objects.filter(**intent.values["where"]).first()
        own = PaperEntry.objects.filter(sheet=sheet, by=by).first() if sheet else None
        typed = _typed(intent.values, by=by, at=moment)
        now = PaperEntry.objects.get(sheet=typed, by=by)
        if own is None:
            entries.append(now.pk)
        else:
            undo.change(
                now, {name: getattr(own, name) for name in ("slips", "totals", "entered_at")}
            )
        if sheet is None:
            sheets.append(typed.pk)
        else:
            undo.change(typed, {"state": sheet.state})
        if typed.state == PaperSheet.State.COUNTED:
            undo.keep(f"“{typed}”与另一人录的一致，已经计入")
    undo.add(PaperEntry, entries)
    undo.add(PaperSheet, sheets)


def _typed(values: dict[str, Any], *, by, at):
    given = {"slips": values["slips"], "totals": values["totals"]}
    try:
        return type_paper(PaperSheet(**values["where"]), **given, by=by, at=at)
    except PaperRefused as refused:
        raise PlanMoved from refused
