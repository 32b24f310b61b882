"""Workbooks of reviews and comments: the lists as seen, and 点评台账."""

from django.utils import timezone

from common.downloads import numbered
from evaluations.queries.reviews import with_words


def _parts(review):
    texts, levels = with_words(review)
    lines = [f"{name}：{text}" for name, text in texts]
    return "\n".join([*lines, *(f"{name}：{level}" for name, level in levels)])


def _day(moment):
    return timezone.localdate(moment) if moment else None


REVIEWS = [
    ("被点评人", lambda review: review.person.name),
    ("种类", lambda review: review.get_kind_display()),
    ("点评人", lambda review: review.author.name),
    ("时间", lambda review: _day(review.written_at)),
    ("补录", lambda review: "补录" if review.is_late else ""),
    ("周期", lambda review: review.period.name),
]
TO_REVIEW = [
    ("姓名", lambda row: row.person.name),
    ("所在组织", lambda row: row.organisation.name),
    ("身份", lambda row: row.get_status_display()),
    ("点评", lambda row: "已点评" if row.review_id else "还没点评"),
]
SOLVED = {True: "已解决", False: "没解决", None: ""}
FEEDBACK = [
    ("窗口或支部", lambda feedback: feedback.place_name),
    ("来源", lambda feedback: feedback.get_kind_display()),
    ("差评", lambda feedback: "是" if feedback.is_bad else ""),
    ("所在周", lambda feedback: feedback.week_on),
    ("意见", lambda feedback: feedback.text),
    ("责任人", lambda feedback: str(feedback.owner or "")),
    ("时限", lambda feedback: feedback.due_on),
    ("状态", lambda feedback: feedback.get_state_display()),
    ("答复", lambda feedback: feedback.answer),
    ("群众说", lambda feedback: SOLVED[feedback.is_solved]),
    ("计入评价", lambda feedback: "是" if feedback.is_counted else "否"),
]


ROUNDS = [
    ("组织", lambda held: held.organisation.name),
    ("方式", lambda held: held.way),
    ("结合", lambda held: held.occasion),
    ("阶段", lambda held: held.stage),
    ("截止", lambda held: f"{timezone.localtime(held.closes_at):%Y-%m-%d %H:%M}"),
    ("已参评", lambda held: held.turnout),
    ("应参评", lambda held: held.voter_count),
    ("状态", lambda held: held.get_state_display()),
]
MEETINGS = [
    ("会议", lambda meeting: meeting.kind),
    ("组织", lambda meeting: meeting.organisation.name),
    ("召开日期", lambda meeting: meeting.held_on),
    ("地点", lambda meeting: meeting.place),
    ("主持人", lambda meeting: meeting.chair.name),
    ("应到", lambda meeting: meeting.called),
    ("实到", lambda meeting: meeting.came),
]
FOLLOW_UPS = [
    ("改进意见", lambda row: row.advice),
    ("谁来落实", lambda row: row.person.name),
    ("所在组织", lambda row: row.organisation.name),
    ("商定日期", lambda row: row.agreed_on),
    ("什么时候见效", lambda row: row.due_on),
    ("后来改了什么", lambda row: row.change),
    ("落实日期", lambda row: row.done_on),
]


def _figures(figures):
    """满意率 of each channel as its page shows it: nothing below the plan's minimum."""
    texts = (
        f"{one.channel} {one.share:.1%}（n={one.n}）"
        if one.share is not None
        else f"{one.channel} 人数不足，不显示"
        for one in figures
    )
    return "\n".join(texts)


RATINGS = [
    ("窗口", lambda line: line.window.name),
    ("所属组织", lambda line: line.window.organisation.name),
    ("核实渠道", lambda line: _figures(line.verified)),
    ("公开渠道", lambda line: _figures(line.open)),
]


def review_ledger():
    """点评台账, a fresh numbering for each file."""
    return numbered(
        [
            ("所在组织", lambda review: review.organisation.name),
            ("被点评人", lambda review: review.person.name),
            ("种类", lambda review: review.get_kind_display()),
            ("场合", lambda review: review.occasion),
            ("点评人", lambda review: review.author.name),
            ("点评日期", lambda review: _day(review.written_at)),
            ("补录", lambda review: "补录" if review.is_late else ""),
            ("点评内容", _parts),
        ]
    )


def _poll_state(day):
    def state(poll):
        if poll.state == "closed":
            return "已结束"
        return "已截止，等结束" if poll.closes_on < day else "进行中"

    return state


def poll_columns(day):
    """Never who took part: name, kind, days and state, as the page has them."""
    return [
        ("名称", lambda poll: poll.name),
        ("种类", lambda poll: poll.get_kind_display()),
        ("仅供参考", lambda poll: "是" if poll.is_advisory else ""),
        ("怎么参加", lambda poll: poll.get_access_display()),
        ("开始", lambda poll: poll.opens_on),
        ("截止", lambda poll: poll.closes_on),
        ("状态", _poll_state(day)),
    ]


def supervisor_columns(names):
    """`names` are the scheme's words for the classes of raters; the personal link stays out."""
    return [
        ("姓名", lambda one: one.name),
        ("所在单位", lambda one: one.unit),
        ("身份", lambda one: names.get(one.rater_class, one.rater_class)),
        ("聘书", lambda one: one.letter_no),
        ("任期起", lambda one: one.starts_on),
        ("任期止", lambda one: one.ends_on),
    ]


KIOSKS = [
    ("设备", lambda kiosk: kiosk.name),
    ("开始服务", lambda kiosk: f"{kiosk.opens_at:%H:%M}"),
    ("结束服务", lambda kiosk: f"{kiosk.closes_at:%H:%M}"),
    ("间隔（秒）", lambda kiosk: kiosk.pause_seconds),
    ("状态", lambda kiosk: "启用" if kiosk.is_active else "已停用"),
]
APPRAISALS = [
    ("支部", lambda line: line[0].label),
    ("状态", lambda line: "已评定" if line[1] else "没有评定"),
    ("评定日期", lambda line: _day(line[1].decided_at) if line[1] else None),
]
PAPERS = [
    ("表", lambda sheet: f"{sheet.form} {sheet.pile}"),
    ("评的是", lambda sheet: str(sheet.place)),
    ("谁录的", lambda sheet: "、".join(entry.by.name for entry in sheet.entries.all())),
    ("状态", lambda sheet: sheet.get_state_display()),
]
