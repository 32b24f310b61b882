"""The way back from pages that name no place of their own: their list, or the page of the thing they change.

`base.html` shows it above the page. Templates that know more (the pledge's text, the branch's name) fill the
block `breadcrumb` or write their own crumbs and have no line here. tests/demo/test_joins.py holds that every
page has exactly one way back.
"""

from django.urls import NoReverseMatch, reverse

from common.came_from import as_left

TODAY = "supervision:today"
# what a page is called as somebody's place
PLACES = {
    TODAY: "今天要办",
    "branches:account_list": "账号",
    "branches:import_list": "导入",
    "branches:correction_list": "更正申请",
    "branches:me": "我的资料",
    "branches:organisation_detail": "组织",
    "branches:organisation_list": "组织",
    "branches:person_detail": "人员",
    "branches:person_list": "支部",
    "branches:role_list": "角色",
    "branches:window_detail": "窗口",
    "campaigns:campaign_detail": "活动",
    "campaigns:campaign_list": "全部活动",
    "competitions:compare_home": "比与创",
    "evaluations:appraisal_list": "民主评议",
    "evaluations:review_list": "点评",
    "evaluations:round_detail": "互评",
    "evaluations:review_detail": "这份点评",
    "evaluations:round_list": "互评",
    "pledges:pledge_detail": "这条承诺",
    "pledges:pledge_list": "承诺",
    "pledges:register_list": "登记簿",
    "pledges:report_list": "超时超收反映",
    "pledges:first_asked_list": "首问事项",
    "pledges:self_examination_list": "查摆",
    "pledges:shown_list": "公示物",
    "pledges:shown_detail": "这一件",
    "pledges:zone_list": "责任区",
    "supervision:dashboard": "督查看板",
    "supervision:inspection_list": "督查",
}
# place -> pages under it
UNDER = {
    TODAY: """branches:account_list branches:audit_list branches:me branches:person_list branches:privacy
        campaigns:campaign_list campaigns:duty_list common:job_detail common:notice_list
        pledges:card pledges:pledge_list pledges:register_list
        pledges:self_examination_list pledges:shown_list supervision:dashboard supervision:inspection_list
        supervision:ledger_list supervision:scorecard_list supervision:scorecard_mine
        supervision:search_list""",
    "branches:account_list": "branches:account_issue branches:account_slips branches:role_list",
    "branches:role_list": "branches:role_end branches:role_grant",
    "branches:import_list": """branches:import_add branches:import_columns branches:import_detail""",
    "branches:correction_list": "branches:correction_answer",
    "branches:me": """branches:correction_add branches:me_data branches:me_edit branches:photo_edit
        branches:password_change""",
    "branches:organisation_detail": """branches:organisation_add branches:organisation_dissolve
        branches:organisation_edit branches:organisation_merge branches:organisation_move
        branches:organisation_split branches:person_add branches:window_add pledges:zone_add""",
    "branches:person_detail": """branches:person_edit branches:person_leave branches:person_promote
        branches:person_transfer branches:private_reveal supervision:handover""",
    "branches:person_list": """branches:correction_list branches:import_list branches:organisation_list
        branches:promotion_list branches:roster_export branches:window_list pledges:print_list
        pledges:zone_list""",
    "branches:window_detail": "branches:post_add branches:window_close branches:window_edit",
    "campaigns:campaign_list": "campaigns:workday_list",
    "evaluations:review_list": """evaluations:review_person_list evaluations:review_file evaluations:self_review_detail evaluations:self_review_write""",
    "evaluations:appraisal_list": "evaluations:person_file",
    "evaluations:review_detail": "evaluations:review_correct",
    "evaluations:round_detail": "evaluations:round_close evaluations:round_void",
    "pledges:pledge_list": "pledges:pledge_add pledges:pledge_review_list",
    "pledges:pledge_detail": "pledges:pledge_edit pledges:pledge_take_down",
    "pledges:register_list": """pledges:first_asked_list pledges:register_write pledges:report_list
        pledges:whereabouts_write""",
    "pledges:first_asked_list": "pledges:first_asked_add pledges:first_asked_finish",
    "pledges:report_list": "pledges:report_answer",
    "pledges:self_examination_list": "pledges:self_examination_write",
    "pledges:shown_list": "pledges:shown_desk",
    "pledges:shown_detail": "pledges:shown_take_down",
    "pledges:zone_list": "pledges:zone_edit",
    "supervision:dashboard": """supervision:archive_list supervision:book_list supervision:burden_detail
        supervision:late_list supervision:period_close supervision:robot_list
        supervision:standing_list""",
    "supervision:inspection_list": "supervision:draw_add",
}
# places that are for those who have them in their menu
FOR_SOME = {"supervision:dashboard", "branches:account_list"}
PARENT = {page: place for place, pages in UNDER.items() for page in pages.split()}


def way_back(request, in_rail):
    """[(label, url)] from the first page down to the place above this one; empty where the menu says it."""
    match = request.resolver_match
    here = match and match.view_name
    if not here or here not in PARENT or request.path in in_rail:
        return []
    crumbs = []
    while here := PARENT.get(here):
        url = address(here, match)
        closed = here in FOR_SOME and url not in in_rail
        if url and url != request.path and not closed:
            crumbs.append((PLACES[here], as_left(request, url)))
        if url in in_rail:
            break
    return crumbs[::-1]


def address(name, match):
    """The place for the same object, else the place itself."""
    for arguments in (match.kwargs, {"kind": match.kwargs.get("kind", "item")}, {}):
        try:
            return reverse(name, kwargs=arguments)
        except NoReverseMatch:
            continue
    return None
