"""What 我的信息 says of reviews, meetings, grades and peer results: what the person may read already, no more.

Of sealed ballots there is nothing to tell: they lead to nobody.
"""

from common.own_data import tell
from evaluations.models import (
    Appraisal,
    Attendance,
    FollowUp,
    MeetingComment,
    NamedRating,
    PeerComment,
    PeerTally,
    Reply,
    Review,
    RollEntry,
    Round,
    SelfReview,
)
from evaluations.queries import meetings, results, reviews


def self_reviews(person):
    rows = SelfReview.objects.filter(person=person).select_related(
        "period__campaign", "period__scheme_version"
    )
    return rows.order_by("-written_at", "-pk")


def received(person):
    return _reviews().filter(person=person)


def given(person):
    return _reviews().filter(author=person)


def _reviews():
    rows = Review.objects.select_related(
        "author", "person", "period__campaign", "period__scheme_version"
    )
    return rows.order_by("-written_at", "-pk")


def attendance(person):
    return (
        Attendance.objects.filter(person=person)
        .select_related("meeting")
        .order_by("-meeting__held_on", "-pk")
    )


def comments(person):
    """Only of meetings whose comments were published."""
    rows = MeetingComment.objects.filter(person=person, meeting__published_at__isnull=False)
    return rows.select_related("meeting__period__scheme_version").order_by(
        "-meeting__held_on", "-pk"
    )


def follow_ups(person):
    return FollowUp.objects.filter(person=person).order_by("-due_on", "-pk")


def appraisals(person):
    rows = Appraisal.objects.filter(person=person).select_related("sheet__period__campaign")
    return rows.order_by("-sheet__decided_at", "-pk")


def replies(person):
    return (
        Reply.objects.filter(person=person)
        .select_related("period__campaign")
        .order_by("-written_at", "-pk")
    )


def rolls(person):
    """(round, what may be known of the result) of closed rounds; the same rules as the page."""
    entries = RollEntry.objects.filter(
        person=person, is_rated=True, is_void=False, round__state=Round.State.CLOSED
    )
    entries = entries.select_related("round__period", "round__organisation").order_by(
        "-round__closed_at", "-pk"
    )
    tallies = {}
    for tally in PeerTally.objects.filter(person=person):
        tallies.setdefault(tally.round_id, []).append(tally)
    return [
        (entry.round, results.of_tallies(entry.round, tallies[entry.round_id], own=dict))
        for entry in entries
        if entry.round_id in tallies
    ]


def peer_comments(person):
    """Those let through, in the order of their random ids: neither when nor by whom is stored."""
    rows = PeerComment.objects.filter(person=person, state=PeerComment.State.SHOWN)
    return rows.select_related("round__period", "round__organisation").order_by("pk")


def named_received(person):
    """After the count, as on the page of the result."""
    return _named().filter(person=person, round__state=Round.State.CLOSED)


def named_given(person):
    return _named().filter(author=person)


def _named():
    rows = NamedRating.objects.select_related(
        "author", "person", "round__period", "round__organisation"
    )
    return rows.order_by("-written_at", "-pk")


def _self_said(row):
    plan = row.period.plan
    questionnaire = plan.questionnaire_for("self_review")
    if questionnaire is None:
        return "；".join(row.texts.values())
    said = [
        (question.name, plan.scale_of(question).answer_name(row.levels[question.key]))
        for question in questionnaire.scale_questions
        if row.levels.get(question.key)
    ]
    said += [
        (question.name, row.texts.get(question.key)) for question in questionnaire.text_questions
    ]
    return _joined(said)


def _self_done(row):
    return _joined((one.get("advice", ""), one.get("note", "")) for one in row.follow_ups)


def _review_said(row):
    written, rated = reviews.with_words(row)
    return _joined([*rated, *written])


def _comment_said(row):
    aspects = meetings.aspects_of(row.meeting.period.plan, meetings.questions_of(row.meeting), row)
    return _joined((name, f"{level} {text}".strip()) for name, level, text in aspects)


def _named_said(row):
    pairs = results.answers_of(row.round.sheet, row)
    return _joined([*pairs, ("留言", row.comment)])


def _peer_result(row):
    result = row[1]
    if result.questions:
        return _joined((question.name, question.summary) for question in result.questions)
    return result.grade or PeerTally.Shown.NOTHING.label


def _joined(pairs):
    return "；".join(f"{name}：{text.rstrip('。；')}" for name, text in pairs if text)


tell("个人自评", self_reviews, {
    "周期": "period", "内容": _self_said, "上期建议": _self_done, "填写时间": "written_at",
})  # fmt: skip
tell("收到的点评", received, {
    "周期": "period", "种类": "get_kind_display", "点评人": "author", "内容": _review_said, "版次": "version",
    "时间": "written_at",
})  # fmt: skip
tell("写过的点评", given, {
    "周期": "period", "种类": "get_kind_display", "点评谁": "person", "内容": _review_said, "版次": "version",
    "时间": "written_at",
})  # fmt: skip
tell("会议到会", attendance, {"会议": "meeting", "到会": "came"})
tell("会上对我的点评", comments, {"会议": "meeting", "内容": _comment_said})
tell("落实事项", follow_ups, {
    "改进意见": "advice", "什么时候见效": "due_on", "后来改了什么": "change", "落实日期": "done_on",
})  # fmt: skip
tell("民主评议等次", appraisals, {
    "周期": lambda row: row.sheet.period, "等次": "get_grade_display", "决定时间": lambda row: row.sheet.decided_at,
})  # fmt: skip
tell("本人说明", replies, {"周期": "period", "说明或申辩": "text", "时间": "written_at"})
tell("互评结果", rolls, {"互评": lambda row: row[0], "结果": _peer_result})
tell("互评留言", peer_comments, {"互评": "round", "留言": "text"})
tell("收到的记名互评", named_received, {
    "互评": "round", "谁评的": "author", "内容": _named_said, "时间": "written_at",
})  # fmt: skip
tell("写过的记名互评", named_given, {
    "互评": "round", "评谁": "person", "内容": _named_said, "时间": "written_at",
})  # fmt: skip
