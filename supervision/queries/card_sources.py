"""Where the figures of a scorecard can be looked at: for each source of its recipe the list it was counted in (issue 9, point 4)."""

from urllib.parse import urlencode

from django.urls import reverse

from supervision.models import Scorecard

# what has rows of its own: source -> (its name, the list, what the list is asked for)
LISTS = {
    "pledges": ("承诺", "pledges:pledge_list", {"status": "public"}),
    "duties": ("职责", "campaigns:duty_list", {"state": "owed"}),
    "inspections": ("督查", "supervision:inspection_list", {}),
    "rectification": ("整改台账", "supervision:ledger_list", {}),
    "service_items": ("明白卡", "pledges:shown_list", {}),
}
# where a class of raters comes from -> the same
RATED = {
    "public": ("群众评价", "evaluations:rating_list"),
    "peers": ("互评", "evaluations:round_list"),
    "branch": ("点评", "evaluations:review_list"),
    "leaders": ("点评", "evaluations:review_list"),
    "panel": ("代表评议", "evaluations:poll_list"),
    "members": ("代表评议", "evaluations:poll_list"),
    "units": ("代表评议", "evaluations:poll_list"),
}
OTHERS = ("比与创", "competitions:compare_home")


def sources_of(card):
    """[(name, address)] in the recipe's order; what a person gave himself stands on his own page."""
    raters = {one.key: one for one in card.period.plan.rater_classes}
    found = {}
    for key in card.inputs:
        source = raters[key].source if key in raters else ""
        if source == "self":
            continue
        name, page, asked = LISTS.get(key) or (*RATED.get(source, OTHERS), {})
        found.setdefault(name, _address(card, page, asked))
    return list(found.items())


def _address(card, page, asked):
    args = ["item"] if page == "pledges:shown_list" else []
    query = {"period": card.period.key, "org": card.organisation.code, **asked}
    if page == "pledges:pledge_list" and card.subject != Scorecard.Subject.BRANCH:
        query[card.subject] = card.subject_id
    if page == "campaigns:duty_list" and card.subject == Scorecard.Subject.PERSON:
        query["q"] = card.subject_name
    return f"{reverse(page, args=args)}?{urlencode(query)}"
