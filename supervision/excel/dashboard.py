"""Everything that is on the dashboard as one workbook: the same rows, a sheet for each part of the page."""

from django.utils import timezone

from common import downloads

COLUMNS = [
    ("支部", lambda row: row.organisation.name),
    ("人数", lambda row: row.people),
    ("应办职责", lambda row: row.duties),
    ("已办职责", lambda row: row.duties_done),
    ("逾期职责", lambda row: row.duties_overdue),
    ("应点评", lambda row: row.reviews_due),
    ("已点评", lambda row: row.reviews_done),
    ("逾期点评", lambda row: row.reviews_overdue),
    ("公示承诺", lambda row: row.pledges),
    ("已兑现", lambda row: row.pledges_kept),
    ("群众评价数", lambda row: row.ratings),
    ("满意数", lambda row: row.ratings_satisfied),
    ("差评数", lambda row: row.ratings_bad),
    ("互评应投", lambda row: row.ballots_due),
    ("互评已投", lambda row: row.ballots_cast),
    ("整改在办", lambda row: row.ledger_running),
    ("整改超期", lambda row: row.ledger_overdue),
    ("整改重开", lambda row: row.ledger_reopened),
]
SHARES = [
    ("职责完成率", "duty_share", "duties_done", "duties"),
    ("点评覆盖率", "review_share", "reviews_done", "reviews_due"),
    ("群众满意率", "satisfied_share", "ratings_satisfied", "ratings"),
    ("承诺兑现率", "kept_share", "pledges_kept", "pledges"),
    ("互评参评率", "turnout_share", "ballots_cast", "ballots_due"),
]
COUNTS = [
    ("职责逾期", "duties_overdue"),
    ("点评逾期", "reviews_overdue"),
    ("差评", "ratings_bad"),
    ("整改在办", "ledger_running"),
    ("整改超期", "ledger_overdue"),
    ("整改重开", "ledger_reopened"),
]


def dashboard_workbook(request, told, rows):
    """`told` is what the page shows, `rows` the branch table in the page's order; written down like every export."""
    period, below, figures = told["shown_period"], told["below"], told["figures"]
    words = f"{period.campaign.name} {period.name}"
    if figures.as_of:
        words += f"　　数据截至：{timezone.localtime(figures.as_of):%Y-%m-%d %H:%M}"
    unit = str(below) if below else ""
    return downloads.book(request, "督查看板", _sheets(told, rows), unit=unit, period=words)


def _sheets(told, rows):
    yield "总体", ["指标", "本期", "分子", "分母", "对比期", "说明"], list(overall(told))
    yield "趋势", ["周期", *(label for label, *_ in SHARES), "评价份数"], list(_trend(told))
    yield (
        "各支部",
        [label for label, _ in COLUMNS],
        ([get(row) for _, get in COLUMNS] for row in rows),
    )
    if told["late_leaders"]:
        leaders = [
            [one.assignee.name, one.organisation.name, one.due_on] for one in told["late_leaders"]
        ]
        yield "点评逾期的领导", ["姓名", "组织", "应于"], leaders
    if told["classes"]:
        yield "类别", ["类别", "数量"], told["classes"]
    if told["bands"]:
        yield "支部等次", ["等次", "支部数"], list(told["bands"].items())
    if told.get("windows"):
        lines = [[window.name, n, good, bad] for window, good, n, bad in told["windows"]]
        yield "窗口", ["窗口", "评价数", "满意", "差评"], lines
    if told.get("people"):
        lines = [[one["name"], one["total"], one["done"], one["late"]] for one in told["people"]]
        yield "人员", ["姓名", "应办", "已办", "逾期"], lines


def overall(told):
    """[name, now, part, whole, compared, remark] of each figure; sheet and printed report tell the same."""
    now, before, bad = told["figures"], told["before"], told["bad"]
    for label, share, part, whole in SHARES:
        said = ""
        if share == "satisfied_share" and now.margin is not None:
            said = f"n={now.ratings}，95% 区间 ±{_percent(now.margin)}"
        compared = _percent(getattr(before, share)) if before else ""
        figures = [getattr(now, part), getattr(now, whole)]
        yield [label, _percent(getattr(now, share)), *figures, compared, said]
    for label, name in COUNTS:
        yield [label, getattr(now, name), None, None, getattr(before, name) if before else "", ""]
    days = "" if bad["days"] is None else f"平均 {bad['days']} 天内答复（从当周周一算）"
    yield [
        "差评意见",
        bad["received"],
        bad["answered"],
        bad["received"],
        "",
        f"已答复/收到。{days}",
    ]
    yield ["差评意见超期未答", bad["late"], None, None, "", ""]


def _trend(told):
    """Every period that can be compared, the running one named so."""
    for span in told["spans"]:
        shares = [_percent(getattr(span.figures, share)) for _, share, *_ in SHARES]
        yield [span.name + ("（未完）" if span.is_open else ""), *shares, span.figures.ratings]


def _percent(share):
    return "" if share is None else f"{share * 100:.1f}%"
