"""The plan's items of comparing and attaining, with how much evidence each has (B09, B10, C01)."""

from django.db.models import Count

from competitions.models import Contest, Reading, Selection, Streak

# mechanism -> (URL name of its page, what is counted)
PAGES = {
    "contest": ("competitions:contest_list", "次竞赛"),
    "indicator": ("competitions:indicator_list", "个数"),
    "title": ("competitions:selection_list", "次评选"),
    "streak": ("competitions:streak_list", "个计数"),
}
COUNTED = (Contest, Reading, Streak)


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
        rows = model.objects.filter(campaign=period.campaign).values_list("item")
        for item, count in rows.annotate(Count("pk")).order_by():
            found[item] = found.get(item, 0) + count
    return found | _selections(period)


def _selections(period):
    """{item: how many selections of its titles}."""
    rows = Selection.objects.filter(campaign=period.campaign).values_list("title")
    counts = dict(rows.annotate(Count("pk")).order_by())
    return {
        item.key: sum(counts.get(title, 0) for title in item.options.titles)
        for item in period.plan.items_with("title")
    }


def counts_of_measures(period):
    """{(item, measure): how many figures the period has}."""
    rows = Reading.objects.filter(period=period).values_list("item", "measure")
    return {
        (item, measure): count for item, measure, count in rows.annotate(Count("pk")).order_by()
    }
