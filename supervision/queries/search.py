"""What the head bar's search finds: only rows that the person may open, a few of each kind."""

from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse

from branches.models import Organisation, Person, Window, scope_paths
from competitions.models import Activity, Case, Contest
from pledges.models import Pledge, ServiceItem
from supervision.models import Rectification

MOST = 8
# pages by their names, as the menu and the pages themselves call them: (words, URL name, what is there)
PAGES = [
    ("今天要办", "supervision:today", "到期的事，按天排"),
    ("我的资料 个人信息 照片", "branches:me", ""),
    ("身份牌 公开哪些", "pledges:card", ""),
    ("消息", "common:notice_list", ""),
    ("承诺 亮承诺", "pledges:pledge_list", ""),
    ("明白卡 公示物 挂牌 事迹 品牌", "pledges:shown_list", ""),
    ("登记簿 首问 去向 双岗", "pledges:register_list", ""),
    ("查摆", "pledges:self_examination_list", ""),
    ("责任区 先锋岗", "pledges:zone_list", ""),
    ("点评 讲评", "evaluations:review_list", ""),
    ("互评 投票 测评", "evaluations:round_list", ""),
    ("群众意见 差评 申诉", "evaluations:feedback_list", ""),
    ("群众评价 满意率", "evaluations:rating_list", ""),
    ("代表评议 满意度调查", "evaluations:poll_list", ""),
    ("会议 例会 座谈会", "evaluations:meeting_list", ""),
    ("落实事项 改进意见", "evaluations:follow_up_list", ""),
    ("民主评议 等次", "evaluations:appraisal_list", ""),
    ("比与创 竞赛 评选", "competitions:compare_home", ""),
    ("得分 得分卡", "supervision:scorecard_list", ""),
    ("我的得分卡", "supervision:scorecard_mine", ""),
    ("整改台账", "supervision:ledger_list", ""),
    ("督查 检查", "supervision:inspection_list", ""),
    ("回头看", "supervision:recheck_list", ""),
    ("职责清单 任务", "campaigns:duty_list", ""),
    ("活动方案 全部活动", "campaigns:campaign_list", ""),
    ("工作日 节假日 放假 调休", "campaigns:workday_list", ""),
    ("服务窗口", "branches:window_list", ""),
    ("组织 支部 党委", "branches:organisation_list", ""),
    ("窗口公示栏 公示页 评价窗口", "pledges:window_board_list", "群众不登录也能看"),
    ("个人信息说明 隐私", "branches:privacy", ""),
]
RULERS = ("committee", "office")
# the same for those who hold one of the roles
PAGES_OF_ROLES = [
    (
        ("secretary", "leader", "inspector", *RULERS),
        "督查看板 完成率 满意率",
        "supervision:dashboard",
    ),
    (("secretary", "leader", "inspector", *RULERS), "分类定级 类别", "supervision:standing_list"),
    (("secretary", *RULERS), "逾期名单 催办", "supervision:late_list"),
    (("secretary", *RULERS), "台账中心", "supervision:book_list"),
    (("secretary", *RULERS), "导入 花名册", "branches:import_list"),
    (RULERS, "结算 重新打开", "supervision:period_close"),
    (("inspector", *RULERS), "资料包 归档", "supervision:archive_list"),
    (("inspector", *RULERS), "减负体检", "supervision:burden_detail"),
    (RULERS, "群机器人", "supervision:robot_list"),
    (RULERS, "方案工坊 方案", "campaigns:scheme_list"),
]


class Hit(NamedTuple):
    label: str
    note: str
    url: str


def find(person, words):
    """[(kind, [Hit], whether there are more)] of the kinds with a hit; a query for each kind."""
    words = "".join(sign for sign in words[:60] if sign.isprintable()).strip()
    if not words:
        return []
    found = []
    for kind, rows, hit in _kinds(person, words):
        hits = [hit(row) for row in rows[: MOST + 1]]
        if hits:
            found.append((kind, hits[:MOST], len(hits) > MOST))
    return found


def _kinds(person, words):
    """(kind, rows, how a row is told), people first."""
    yield from _places(person, words)
    yield from _deeds(person, words)
    yield from _compared(person, words)
    yield ("页面", _pages(person, words), _page)


def _places(person, words):
    named = Q(name__contains=words) | Q(name_pinyin__startswith=words.lower())
    people = Person.objects.visible_to(person).filter(named, is_active=True)
    yield (
        "人",
        people.order_by("name_pinyin", "pk"),
        lambda one: _hit(one, one.name, one.party_position or "", "branches:person_detail"),
    )
    places = Organisation.objects.visible_to(person).active().filter(name__contains=words)
    yield (
        "组织",
        places.order_by("path"),
        lambda one: _hit(one, one.name, one.get_kind_display(), "branches:organisation_detail"),
    )
    windows = Window.objects.visible_to(person).open().filter(name__contains=words)
    yield (
        "窗口",
        windows.select_related("organisation").order_by("name", "pk"),
        lambda one: _hit(one, one.name, one.organisation.name, "branches:window_detail"),
    )


def _deeds(person, words):
    pledges = Pledge.objects.visible_to(person).filter(text__contains=words)
    yield (
        "承诺",
        pledges.with_owners().order_by("-period__starts_on", "-pk"),
        lambda one: _hit(one, one.text, _whose(one), "pledges:pledge_detail"),
    )
    cards = ServiceItem.objects.visible_to(person).filter(matter__contains=words)
    yield (
        "明白卡",
        cards.select_related("organisation").order_by("matter", "pk"),
        lambda one: Hit(
            one.matter,
            one.organisation.name,
            reverse("pledges:shown_detail", args=["item", one.pk]),
        ),
    )
    items = Rectification.objects.visible_to(person).filter(problem__contains=words)
    yield (
        "整改",
        items.select_related("organisation").order_by("-pk"),
        lambda one: _hit(one, str(one), one.organisation.name, "supervision:ledger_detail"),
    )


def _compared(person, words):
    cases = Case.objects.visible_to(person).filter(
        Q(name__contains=words) | Q(text__contains=words)
    )
    yield (
        "典型和警示",
        cases.select_related("organisation").order_by("-pk"),
        lambda one: _hit(one, one.name, one.organisation.name, "competitions:case_detail"),
    )
    contests = Contest.objects.visible_to(person).filter(name__contains=words)
    yield (
        "竞赛",
        contests.order_by("-pk"),
        lambda one: _hit(one, one.name, one.get_state_display(), "competitions:contest_detail"),
    )
    activities = Activity.objects.visible_to(person).filter(name__contains=words)
    yield (
        "活动",
        activities.select_related("organisation").order_by("-pk"),
        lambda one: _hit(one, one.name, one.organisation.name, "competitions:activity_detail"),
    )


def _whose(pledge):
    """The same words are pledged again from period to period, and by others."""
    state = pledge.get_status_display()
    return f"{pledge.owner} · {pledge.organisation.name} · {pledge.period.name} · {state}"


def _hit(row, label, note, name):
    return Hit(label, note, reverse(name, args=[row.pk]))


def _pages(person, words):
    held = [
        (names, page, "") for roles, names, page in PAGES_OF_ROLES if scope_paths(person, *roles)
    ]
    return [page for page in held + PAGES if words in page[0]]


def _page(page):
    words, name, note = page
    arguments = ["item"] if name == "pledges:shown_list" else []
    return Hit(words.partition(" ")[0], note, reverse(name, args=arguments))
