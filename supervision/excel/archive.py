"""Sections of the cycle's folder, in the order in which inspectors read them."""

from django.db.models import Sum
from django.utils import timezone

from branches.models import Affiliation, Role, UnitType
from campaigns.actions.scheme_text import as_yaml
from campaigns.models import BranchPlan, Duty
from campaigns.queries.overview import WHO, when_of
from common.archive import section
from common.dates import today
from common.templatetags.portal import heading
from competitions.models import Contest, Entrant
from evaluations.models import Feedback, RatingCount, Review, Round, SelfReview
from evaluations.queries.ratings import rating_words
from pledges.models import Pledge
from supervision.excel.pictures import evidence_of
from supervision.models import Closing, Draw, Inspection, RecheckDraw, Rectification, Scorecard
from supervision.queries.inspections import method_names, unmet_points
from supervision.queries.ledger import with_question_names, words_of

CHUNK = 1000


def day(moment):
    return timezone.localdate(moment) if moment else None


@section(10, "方案和实施")
def scheme_section(campaign, folder):
    """The plan as text, as rhythm, and the branches' own plans."""
    plan = campaign.plan
    parts = [("p", goal) for goal in plan.goals]
    for family in plan.families:
        parts.append(("h", family.name))
        parts += [("li", item.name) for item in family.walk()]
    parts.append(("h", "节奏"))
    for rule in plan.cadence:
        who = "、".join(WHO[one] for one in rule.who)
        parts.append(("li", f"{rule.name}：{who}，{when_of(rule)}"))
    if campaign.lessons:
        parts += [("h", "经验和教训"), ("p", campaign.lessons)]
    folder.document("活动方案", plan.name, parts)
    folder.file("活动方案.yaml", as_yaml(plan).encode())
    plans = BranchPlan.objects.filter(campaign=campaign).select_related("organisation")
    for own in plans.order_by("organisation__path", "pk"):
        lines = [("li", f"{key}：{text}") for key, text in own.lines.items()]
        name = f"支部方案_{own.organisation.name}"
        folder.document(name, f"{own.organisation.name} 实施方案", [("p", own.goal), *lines])


@section(20, "组织和名册")
def roster_section(campaign, folder):
    inside = {"organisation__path__startswith": campaign.organisation.path}
    people = Affiliation.objects.current(today=today()).filter(**inside)
    people = people.select_related("person", "organisation").order_by(
        "organisation__path", "person__name_pinyin", "pk"
    )
    rows = (
        [one.organisation.name, one.person.name, one.get_status_display(), one.starts_on]
        for one in people.iterator(chunk_size=CHUNK)
    )
    folder.table("名册", ["所在组织", "姓名", "身份", "自"], rows)
    roles = Role.objects.current(today=today()).filter(**inside)
    roles = roles.select_related("person", "organisation").order_by("organisation__path", "pk")
    rows = (
        [one.organisation.name, one.get_kind_display(), one.title, one.person.name, one.starts_on]
        for one in roles
    )
    folder.table("职务和职责分工", ["组织", "角色", "职务", "姓名", "自"], rows)


@section(30, "承诺")
def pledge_section(campaign, folder):
    shown = Pledge.objects.filter(campaign=campaign).exclude(status=Pledge.Status.DRAFT)
    shown = shown.select_related(
        "period", "organisation", "owner_person", "owner_window", "owner_organisation"
    ).order_by("period__starts_on", "organisation__path", "pk")
    rows = (
        [
            one.period.name, one.organisation.name,
            str(one.owner_person or one.owner_window or one.owner_organisation or ""),
            one.text, one.baseline, one.target, one.due_on, one.get_status_display(),
            one.explanation,
        ]
        for one in shown.iterator(chunk_size=CHUNK)
    )  # fmt: skip
    headings = ["周期", "组织", "承诺人", "承诺事项", "现状", "目标", "时限", "状态", "未兑现说明"]
    folder.table("公开承诺", headings, rows)
    evidence_of(campaign, folder)


@section(40, "自评和点评")
def review_section(campaign, folder):
    """Named reviews; of anonymous ballots only how many, below."""
    own = SelfReview.objects.filter(campaign=campaign).values_list(
        "period__name", "organisation__name", "person__name", "written_at"
    )
    rows = ([*row[:3], day(row[3])] for row in own.order_by("period__starts_on", "pk"))
    folder.table("个人自评", ["周期", "组织", "姓名", "填写日期"], rows)
    reviews = Review.objects.filter(campaign=campaign).current()
    reviews = reviews.select_related("period", "organisation", "author", "person")
    rows = (
        [
            one.period.name, one.get_kind_display(), one.author.name, one.person.name,
            one.organisation.name, one.occasion, "\n".join(one.texts.values()),
            day(one.written_at), "补录" if one.is_late else "",
        ]
        for one in reviews.order_by("period__starts_on", "pk").iterator(chunk_size=CHUNK)
    )  # fmt: skip
    headings = ["周期", "种类", "点评人", "被评人", "组织", "场合", "内容", "日期", "备注"]
    folder.table("点评", headings, rows)


@section(50, "评议")
def round_section(campaign, folder):
    """Turnout and the digests of the count: the ballots themselves are gone."""
    rounds = Round.objects.filter(campaign=campaign).select_related("period", "organisation")
    rows = (
        [
            one.period.name, one.organisation.name, day(one.opens_at), day(one.closed_at),
            one.voter_count, one.ballots_counted, one.box_hash, one.result_hash,
            day(one.key_destroyed_at),
        ]
        for one in rounds.order_by("period__starts_on", "organisation__path", "pk")
    )  # fmt: skip
    headings = [
        "周期", "支部", "开启", "计票", "应评", "计票数", "票箱摘要", "结果摘要", "密钥销毁",
    ]  # fmt: skip
    folder.table("互评计票记录", headings, rows)
    folder.table("群众评价", ["窗口", "渠道", "问题", "档次", "数量"], _rated(campaign))
    said = Feedback.objects.filter(campaign=campaign).select_related("window")
    rows = (
        [
            one.window.name if one.window else "", one.week_on, one.text, one.answer,
            one.answered_on,
        ]
        for one in said.order_by("week_on", "id")
    )  # fmt: skip
    folder.table("群众意见和答复", ["窗口", "所在周", "意见", "答复", "答复日期"], rows)


def _rated(campaign):
    """Answers by window, channel, question and level, in the plan's words."""
    words = rating_words(campaign.plan)
    keys = ("window__name", "channel", "question", "level")
    counted = RatingCount.objects.filter(campaign=campaign).values_list(*keys)
    for window, *told, total in counted.annotate(total=Sum("count")).order_by(*keys):
        yield [window, *(words.get(key, key) for key in told), total]


@section(60, "督查")
def inspection_section(campaign, folder):
    found = Inspection.objects.filter(campaign=campaign)
    found = found.select_related("organisation", "window", "inspected_by", "period__scheme_version")
    rows = (
        [
            day(one.inspected_at), one.organisation.name, one.window.name if one.window else "",
            method_names(one.period.plan).get(one.method, one.method),
            "、".join(unmet_points(one)), one.found, one.problem, one.demand, one.demand_due_on,
            one.inspected_by.name,
        ]
        for one in found.order_by("inspected_at", "pk").iterator(chunk_size=CHUNK)
    )  # fmt: skip
    headings = [
        "日期",
        "组织",
        "窗口",
        "方式",
        "没有做到的要点",
        "情况",
        "问题",
        "要求",
        "时限",
        "检查人",
    ]
    folder.table("督查记录", headings, rows)
    draws = Draw.objects.filter(campaign=campaign).select_related("drawn_by")
    rows = (
        [day(one.drawn_at), one.drawn_by.name, len(one.pool), one.count, one.seed]
        for one in draws.order_by("drawn_at", "pk")
    )
    folder.table("随机抽签", ["日期", "抽签人", "名单数", "抽取数", "种子"], rows)


@section(70, "整改台账")
def ledger_section(campaign, folder):
    words = words_of(campaign.plan)
    items = Rectification.objects.filter(campaign=campaign).select_related(
        "organisation", "window", "owner", "signed_off_by", "period__scheme_version"
    )
    rows = (
        [
            number, one.problem, words["sources"].get(one.source, one.source),
            one.organisation.name, one.measure, one.owner.name if one.owner else "",
            one.due_on, one.first_due_on, one.get_state_display(), one.evidence,
            one.signed_off_by.name if one.signed_off_by else "", day(one.signed_off_at),
            one.public_answer, one.reopened, one.outcome,
        ]
        for number, one in enumerate(items.order_by("pk").iterator(chunk_size=CHUNK), 1)
    )  # fmt: skip
    headings = [
        "序号", "问题", "来源", "责任支部", "措施", "责任人", "时限", "原定时限", "状态", "整改情况",
        "销号人", "销号日期", "公开答复", "重开", "追究处理",
    ]  # fmt: skip
    folder.table("整改台账", headings, rows)
    folder.document("整改经过", f"{campaign.name} 整改经过", _chains(items))
    draws = RecheckDraw.objects.filter(campaign=campaign).order_by("drawn_at", "pk")
    rows = ([day(one.drawn_at), len(one.pool), one.count, one.seed] for one in draws)
    folder.table("回头看抽样", ["日期", "名单数", "抽取数", "种子"], rows)


def _chains(items):
    """Each item with its deeds: when, what, who."""
    for item in items.prefetch_related("steps__by").order_by("pk"):
        yield "h", f"{item.pk} {heading(item.problem)}"
        yield "p", item.problem
        steps = sorted(item.steps.all(), key=lambda step: (step.at, step.pk))
        for step, answers in with_question_names(item.period.plan, steps):
            said = "；".join(f"{name}：{'是' if met else '还没有'}" for name, met in answers)
            text = " ".join(filter(None, [str(step.by or "门户"), step.text, said]))
            yield "li", f"{day(step.at)} {step.get_kind_display()} {text}"


@section(80, "评比表彰")
def award_section(campaign, folder):
    contests = Contest.objects.filter(campaign=campaign, published_at__isnull=False)
    places = Entrant.objects.filter(contest__in=contests).exclude(place=None)
    rows = places.order_by("contest__held_on", "contest", "place", "number").values_list(
        "contest__name", "contest__held_on", "place", "label", "score", "prize"
    )
    folder.table("竞赛名次", ["竞赛", "日期", "名次", "参赛者", "成绩", "奖项"], rows)


@section(90, "得分和结算")
def score_section(campaign, folder):
    closings = Closing.objects.filter(period__campaign=campaign).select_related("period")
    rows = (
        [one.period.name, one.version, day(one.closed_at), one.reason, one.digest]
        for one in closings.order_by("period__starts_on", "version")
    )
    folder.table("结算记录", ["周期", "版次", "结算日期", "重开原因", "结果摘要"], rows)
    for period in campaign.periods.order_by("starts_on"):
        cards = Scorecard.objects.latest().filter(period=period)
        rows = cards.order_by("subject", "organisation__path", "rank", "subject_id").values_list(
            "subject", "subject_name", "organisation__name", "group", "shown", "band", "rank"
        )
        labels, types = (
            dict(Scorecard.Subject.choices),
            dict(UnitType.objects.values_list("key", "name")),
        )
        shown = (
            [labels[row[0]], *row[1:3], types.get(row[3], ""), *row[4:]]
            for row in rows.iterator(chunk_size=CHUNK)
        )
        headings = ["对象", "名称", "组织", "同类组", "得分", "等次", "名次"]
        folder.table(f"得分_{period.name}", headings, shown)


@section(100, "职责完成")
def duty_section(campaign, folder):
    """Who has done what is counted by rule and branch, sealed rounds as everything else: at the end."""
    duties = Duty.objects.filter(campaign=campaign, waived_at=None)
    counted = {}
    rows = duties.values_list("period__name", "title", "organisation__name", "done_at", "is_late")
    for period, title, place, done_at, is_late in rows.order_by(
        "period__starts_on", "rule", "organisation__path", "pk"
    ).iterator(chunk_size=CHUNK):
        line = counted.setdefault((period, title, place), [0, 0, 0])
        line[0] += 1
        line[1] += done_at is not None
        line[2] += is_late
    table = ([*key, *line] for key, line in counted.items())
    folder.table("职责完成", ["周期", "事项", "组织", "应办", "已办", "补录"], table)
