"""Where each kind of duty is done: one tap from 今天要办 to the right form."""

from django.urls import NoReverseMatch, reverse


def _of_period(line):
    return [line.period_id]


def _of_campaign(line):
    return [line.campaign_id]


def _of_leader(line):
    return ["leader"]


def _of_person(line):
    return ["branch", line.person_id] if line.person_id else None


def _of_organisation(line):
    return [line.organisation_id] if line.organisation_id else None


def _nothing(line):
    return []


# act -> what the button says, URL name, its arguments
WHERE = {
    "write_pledge": ("去承诺", "pledges:pledge_add", _nothing),
    "review_pledges": ("去审核", "pledges:pledge_review_list", _nothing),
    "fill_register": ("去登记", "pledges:register_list", _nothing),
    "update_service_items": ("去更新", "pledges:shown_list", lambda line: ["item"]),
    "report_pledge": ("去填报", "pledges:pledge_list", _nothing),
    "self_review": ("去自评", "evaluations:self_review_write", _of_period),
    "branch_review": ("去点评", "evaluations:review_write", _of_person),
    "leader_review": ("去点评", "evaluations:review_person_list", _of_leader),
    "meeting": ("去登记", "evaluations:meeting_add", _of_organisation),
    "panel_review": ("去评议", "evaluations:poll_list", _nothing),
    "survey": ("去调查", "evaluations:poll_list", _nothing),
    "rectify": ("去整改", "supervision:ledger_list", _nothing),
    "recheck": ("去复查", "supervision:recheck_list", _nothing),
    "inspect": ("去督查", "supervision:checking_add", _nothing),
    "classify": ("去定级", "supervision:standing_list", _nothing),
    "close_period": ("去结算", "supervision:period_close", _nothing),
    "publish_results": ("去公示", "evaluations:bulletin_add", _nothing),
    "publish_comments": ("去公开", "evaluations:comment_bulletin_add", _nothing),
    "write_branch_plan": ("去写", "campaigns:branch_plan_mine", _nothing),
    "close_cycle": ("去总结", "campaigns:cycle_summary", _of_campaign),
    "select_title": ("去评选", "competitions:selection_list", _nothing),
    "study": ("去记录", "competitions:activity_add", _nothing),
    "activity": ("去记录", "competitions:activity_add", _nothing),
    "checklist": ("去自查", "competitions:check_list", _nothing),
    "verify_target": ("去认定", "competitions:target_list", _nothing),
    "record_indicator": ("去填报", "competitions:indicator_add", _nothing),
    "record_streak": ("去登记", "competitions:streak_list", _nothing),
    "contest": ("去组织", "competitions:contest_list", _nothing),
    "update_card": ("去核对", "pledges:card", _nothing),
    "update_sign": ("去核对", "pledges:card", _nothing),
}
LEDGER = "ledger-"
# What a list starts with.
FILTERED = {"report_pledge": "?whose=mine&status=published"}
# What the form starts with: ?for=window:3 and the like.
PRESET = {
    "inspect": {"window": "window", "organisation": "organisation"},
    "write_pledge": {"window": "window", "organisation": "branch"},
}


def link_of(line):
    """(address or None, what the button says). Without an address the line stands without a button."""
    if line.rule.startswith(LEDGER):  # one ledger item, see actions/rectifications.py
        return find_url("supervision:ledger_detail", [line.rule.removeprefix(LEDGER)]), "去整改"
    label, name, arguments = WHERE.get(line.act, ("", "", _nothing))
    found = arguments(line)
    address = find_url(name, found) if name and found is not None else None
    if address:
        address += FILTERED.get(line.act, "") or _preset(line)
    return address, "继续" if line.done and line.left else label


def _preset(line):
    kinds = PRESET.get(line.act, {})
    for kind, key in kinds.items():
        number = getattr(line, f"{kind}_id")
        if number:
            return f"?for={key}:{number}"
    return ""


def find_url(name, arguments=()):
    """None while the room in question has not built the page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return None
