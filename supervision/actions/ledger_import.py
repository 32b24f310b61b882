"""整改台账 from Excel: what each row would become, and writing exactly that (Z03)."""

from collections import defaultdict
from datetime import date

from branches.actions.list_import import RowIntent, refuse_doubles
from branches.models import Affiliation, Organisation, under
from branches.models.scope import scope_paths
from campaigns.models import Campaign, Duty, Period
from supervision.actions.rectifications import add_step, owe_rectification, rule_of
from supervision.models import Rectification, Step
from supervision.queries.ledger import words_of

KEEPING = ("secretary", "committee", "office")
FINISHED = ("销号", "完成", "办结")
State, Kind = Rectification.State, Step.Kind


def ledgers_for(by):
    """[(slug, name)] of the running campaigns whose plan keeps a ledger, as far as one may add to it."""
    paths = scope_paths(by, *KEEPING)
    roots = {path[:end] for path in paths for end in range(4, len(path) + 1, 4)}
    running = Campaign.objects.filter(periods__state=Period.State.OPEN).distinct()
    above = running.filter(organisation__path__in=roots) | running.filter(
        under(paths, "organisation__path")
    )
    campaigns = above.select_related("scheme_version").order_by("-starts_on", "pk")
    return [(one.slug, one.name) for one in campaigns if one.plan.rectification]


def plan_ledger(rows, *, scope, about, today):
    """One item a row; what is finished, late or unknown stays out with its reason."""
    campaign = Campaign.objects.select_related("organisation", "scheme_version").get(slug=about)
    inside = Organisation.objects.active().below(scope)
    places, people = defaultdict(list), defaultdict(list)
    for organisation in inside.filter(path__startswith=campaign.organisation.path):
        places[organisation.name].append(organisation)
    belonging = Affiliation.objects.current(today=today).filter(organisation__in=inside)
    for one in belonging.select_related("person").order_by("pk"):
        people[one.organisation_id, one.person.name].append(one.person)
    words = {
        kind: {name: key for key, name in found.items()}
        for kind, found in words_of(campaign.plan).items()
    }
    # Types are written in brackets behind the name of their category; either names it.
    for category in campaign.plan.rectification.categories:
        words["categories"] |= dict.fromkeys((category.name, *category.types), category.key)
    intents = [_intent(row, scope, places, people, words, today) for row in rows]
    refuse_doubles(intents, _key, "与第 {row} 行是同一支部的同一个问题")
    known = set(
        Rectification.objects.filter(campaign=campaign).values_list("organisation", "problem")
    )
    for intent in intents:
        if not intent.refusal and _key(intent) in known:
            intent.refusal = "台账里已有同一支部的同一个问题"
        intent.values["campaign"] = campaign
    return intents


def _key(intent):
    return intent.values["organisation"].pk, intent.values["problem"]


def _intent(row, scope, places, people, words, today):  # noqa: PLR0913 (what a row is held against)
    cells, intent = row.values, RowIntent(row)
    name = cells.get("branch") or scope.name
    found = places.get(name, [])
    if len(found) != 1:
        intent.refusal = (
            f"没有名为“{name[:60]}”的组织，或不在导入范围和活动内"
            if not found
            else f"有 {len(found)} 个组织叫“{name}”，请先改名区分"
        )
        return intent
    intent.values = {"organisation": found[0], "problem": cells.get("problem", "")}
    _read_words(intent, cells, words)
    _read_day(intent, cells, today)
    _read_owner(intent, cells, people)
    if any(word in cells.get("state", "") for word in FINISHED):
        intent.refusal = "已经办结、销号的不导入；要复查的请先重新列入"
    return intent


def _read_words(intent, cells, words):
    source = cells.get("source")
    if source and source not in words["sources"]:
        intent.refusal = f"来源“{source[:20]}”不在方案的“{'、'.join(words['sources'])}”之中"
    intent.values["source"] = words["sources"].get(source) or next(iter(words["sources"].values()))
    if not source:
        intent.hints.append("没有写来源，按方案的第一种导入")
    category = cells.get("category")
    intent.values["category"] = words["categories"].get(category, "")
    if category and not intent.values["category"]:
        intent.hints.append(f"方案里没有类别“{category[:20]}”，先不分类")


def _read_day(intent, cells, today):
    due_on = date.fromisoformat(cells["due_on"]) if cells.get("due_on") else None
    if due_on is None:
        intent.refusal = "整改时限为空"
    elif due_on < today:
        intent.refusal = f"整改时限 {due_on} 早于今天，请改成今天以后的日期"
    intent.values["due_on"] = due_on


def _read_owner(intent, cells, people):
    name, measure = cells.get("owner"), cells.get("measure", "")
    found = people.get((intent.values["organisation"].pk, name), []) if name else []
    owner = found[0] if len(found) == 1 else None
    if name and owner is None:
        why = "没有这个人" if not found else "有几个同名的人"
        intent.hints.append(f"责任人“{name[:20]}”：责任支部里{why}，导入后请补上")
    intent.values["measure"], intent.values["owner"] = measure, owner


def write_ledger(intents, *, undo, by, at):
    """Items with measure and owner are under way at once; nobody gets two hundred messages."""
    items = []
    for intent in intents:
        items.append(_add(intent.values, by=by, at=at))
    keys = [item.pk for item in items]
    rules = [rule_of(item) for item in items]
    undo.add(Duty, list(Duty.objects.filter(rule__in=rules).values_list("pk", flat=True)))
    undo.add(Step, list(Step.objects.filter(item__in=keys).values_list("pk", flat=True)))
    undo.add(Rectification, keys)


def _add(values, *, by, at):
    campaign = values["campaign"]
    open_now = campaign.periods.filter(state=Period.State.OPEN).order_by("-starts_on")
    is_planned = bool(values["measure"] and values["owner"])
    item = Rectification.objects.create(
        **values,
        period=open_now.containing(at.date()).first() or open_now[0],
        first_due_on=values["due_on"],
        state=State.MENDING if is_planned else State.FOUND,
        found_by=by,
        found_at=at,
    )
    add_step(item, Kind.FOUND, f"从 Excel 台账导入：{item.problem}", by=by, at=at)
    if is_planned:
        add_step(item, Kind.PLANNED, f"{item.measure}（{item.owner}）", by=by, at=at)
        owe_rectification(item, at=at)
    return item
