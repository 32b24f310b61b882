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
