"""The plan's items of comparing and attaining, with how much evidence each has (B09, B10, C01)."""

from django.db.models import Count, Q
from django.urls import reverse

from competitions.models import (
    Activity,
    Case,
    Contest,
    Growth,
    Reading,
    Selection,
    SelfCheck,
    Streak,
    Target,
)

# mechanism -> (URL name of its page, what is counted)
PAGES = {
    "contest": ("competitions:contest_list", "次竞赛"),
    "indicator": ("competitions:indicator_list", "个数"),
    "title": ("competitions:selection_list", "次评选"),
    "activity": ("competitions:activity_list", "次活动"),
    "checklist": ("competitions:check_list", "人次自查"),
    "target": ("competitions:target_list", "个目标"),
    "development": ("competitions:growth_list", "人在培养"),
    "case_library": ("competitions:case_list", "个案例"),
    "benchmark": ("competitions:case_list", "个典型"),
    "streak": ("competitions:streak_list", "个计数"),
}
COUNTED = (Activity, Contest, Growth, Reading, SelfCheck, Streak, Target)
MOST = 30


def items_with_evidence(period):
    """[(family, [(item, URL name, count, unit)])] of the families that have any such item."""
    counts = _counts(period)
    found = []
    for family in period.plan.families:
        items = [
            (item, PAGES[item.mechanism][0], counts.get(item.key, 0), PAGES[item.mechanism][1])
            for item in family.walk()
            if item.mechanism in PAGES
        ]
        if items:
            found.append((family, items))
    return found


def _counts(period):
    """{item key: how many rows of evidence in the campaign}, one statement a model."""
    found = {}
    for model in COUNTED:
        rows = model.objects.filter(campaign=period.campaign)
        rows = rows.exclude(state="cancelled") if model is Contest else rows
        rows = rows.values_list("item")
        for item, count in rows.annotate(Count("pk")).order_by():
            found[item] = found.get(item, 0) + count
    return found | _selections(period) | _cases(period)


def _selections(period):
    """{item: how many selections of its titles}."""
    rows = Selection.objects.filter(campaign=period.campaign).exclude(state="cancelled")
    rows = rows.values_list("title")
    counts = dict(rows.annotate(Count("pk")).order_by())
    return {
        item.key: sum(counts.get(title, 0) for title in item.options.titles)
        for item in period.plan.items_with("title")
    }


def _cases(period):
    """{item: how many models there are}; the library is the campaign's, whichever item asks for it."""
    keys = [
        item.key
        for mechanism in ("case_library", "benchmark")
        for item in period.plan.items_with(mechanism)
    ]
    count = Case.objects.filter(campaign=period.campaign, kind="model").count() if keys else 0
    return dict.fromkeys(keys, count)


def counts_of_measures(period):
    """{(item, measure): how many figures the period has}."""
    rows = Reading.objects.filter(period=period).values_list("item", "measure")
    return {
        (item, measure): count for item, measure, count in rows.annotate(Count("pk")).order_by()
    }


def tagged_with(item):
    """Q: activities of an item, or tagged with it. Keys hold letters, digits and _ only: quotes delimit."""
    return Q(item=item) | Q(tags__icontains=f'"{item}"')


def evidence_of(period, item):
    """[(heading, [(text, address)])] of everything recorded under one item (B10, C01)."""
    found = [
        ("活动", [
            (f"{one.held_on} {one.kind}：{one.name}", _page("activity_detail", one))
            for one in _newest(Activity.objects.filter(tagged_with(item)), period, "-held_on")
        ]),
        ("竞赛", [
            (f"{one.held_on} {one.name}（{one.get_state_display()}）", _page("contest_detail", one))
            for one in _newest(Contest.objects.filter(item=item), period, "-held_on")
        ]),
        ("创建目标", [
            (f"{one.subject}：{one.name}（{one.get_state_display()}）", _page("target_detail", one))
            for one in _newest(Target.objects.filter(item=item).with_subjects(), period, "-aimed_at")
        ]),
    ]  # fmt: skip
    return [(label, lines) for label, lines in found if lines]


def _newest(rows, period, order):
    return rows.filter(campaign=period.campaign).order_by(order, "-pk")[:MOST]


def kinds_of(period, item):
    """[(kind, how often)] of the kinds that the plan names for an item, the never done ones too (B12)."""
    rows = Activity.objects.filter(campaign=period.campaign, item=item.key).values_list("kind")
    counts = dict(rows.annotate(Count("pk")).order_by())
    return [(kind, counts.get(kind, 0)) for kind in getattr(item.options, "kinds", ())]


def _page(name, row):
    return reverse(f"competitions:{name}", args=[row.pk])
