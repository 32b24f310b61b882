"""A ballot as a value: who gets which levels, checked as a whole, written into one padded block.

Pure functions, nothing stored here. A ballot is `{position: Rating}` for everybody rated but oneself.
"""

import json
from dataclasses import dataclass

MOST_BYTES = 128 * 1024  # a ballot's fixed size never exceeds this; very long rolls share it
_LENGTH_BYTES = 4
_WIDEST = "\U0001f600"  # no character takes more bytes


@dataclass(frozen=True)
class Rating:
    """What one voter says about one person: the place of a level or figure per question, 0 for none."""

    levels: tuple[int, ...]
    texts: tuple[str, ...] = ()
    comment: str = ""


class BallotRefused(Exception):
    """The ballot as a whole is not valid; `problems` are Chinese sentences for the voter."""

    def __init__(self, problems):
        super().__init__("ballot refused")  # its text never carries an answer
        self.problems = problems


def check(sheet, ballot, *, rated):
    """Raise BallotRefused unless exactly the people in `rated` are rated and every rule is kept."""
    problems = _shape_problems(sheet, ballot, rated) or [
        *_quota_problems(sheet, ballot),
        *_uniform_problems(sheet, ballot),
    ]
    if problems:
        raise BallotRefused(problems)


def _shape_problems(sheet, ballot, rated):
    if set(ballot) != set(rated):
        return ["每一位被评人都要评一次，且只评一次；不能评自己。"]
    if any(_is_misshapen(sheet, rating) for rating in ballot.values()):
        return ["选票里有问卷没有的内容，请刷新页面重新填写。"]
    missing = sum(_is_incomplete(sheet, rating) for rating in ballot.values())
    return [f"还有 {missing} 人没有评完，请补齐后再提交。"] if missing else []


def _is_misshapen(sheet, rating):
    scales, texts = sheet.scale_questions, sheet.text_questions
    return (
        len(rating.levels) != len(scales)
        or len(rating.texts) != len(texts)
        or any(
            not 0 <= number <= question.most_number
            for number, question in zip(rating.levels, scales, strict=True)
        )
        or any(
            len(text) > question.max_length
            for text, question in zip(rating.texts, texts, strict=True)
        )
        or len(rating.comment) > (sheet.comment_length if sheet.comment else 0)
    )


def _is_incomplete(sheet, rating):
    """Whether a required question about this person is still open."""
    answers = [
        *zip(sheet.scale_questions, rating.levels, strict=True),
        *zip(sheet.text_questions, rating.texts, strict=True),
    ]
    return any(question.required and not answer for question, answer in answers)


def _quota_problems(sheet, ballot):
    """Exact: counted over the whole ballot, compared with the limits frozen at the opening."""
    for quota in sheet.quotas:
        chosen = quota_count(sheet, quota, ballot)
        if quota.at_most is not None and chosen > quota.at_most:
            yield f"{quota.name}：最多 {quota.at_most} 人，现在选了 {chosen} 人。"
        if quota.at_least is not None and chosen < quota.at_least:
            yield f"{quota.name}：至少 {quota.at_least} 人，现在选了 {chosen} 人。"


def quota_count(sheet, quota, ballot):
    """How many people this ballot gives one of the quota's answers."""
    at, question = next(
        (at, one) for at, one in enumerate(sheet.scale_questions) if one.key == quota.question
    )
    return sum(quota.means(question, rating.levels[at]) for rating in ballot.values())


def _uniform_problems(sheet, ballot):
    if len(ballot) < 2:
        return
    answers = {rating.levels for rating in ballot.values()}
    if sheet.refuse_uniform and len(answers) == 1:
        yield "不能给所有人完全相同的评价，请区分后再提交。"
    if sheet.refuse_all_top and answers == {_all_top(sheet)}:
        yield "不能给所有人都评最高档，请区分后再提交。"


def _all_top(sheet):
    return tuple(question.top_number for question in sheet.scale_questions)


# -- as bytes


def size_for(sheet, rated_count):
    """The one size of all ballots of a round: the longest that anybody could write."""
    longest = Rating(
        levels=tuple(question.most_number for question in sheet.scale_questions),
        texts=tuple(_WIDEST * question.max_length for question in sheet.text_questions),
        comment=_WIDEST * (sheet.comment_length if sheet.comment else 0),
    )
    body = _as_text(dict.fromkeys(range(rated_count), longest), range(rated_count))
    return min(len(body) + _LENGTH_BYTES, MOST_BYTES)


def pack(ballot, *, rated, size):
    """The ballot as exactly `size` bytes: length, content, zeros."""
    body = _as_text(ballot, rated)
    if len(body) + _LENGTH_BYTES > size:
        raise BallotRefused(["留言加起来太长了，请缩短一些再提交。"])
    return len(body).to_bytes(_LENGTH_BYTES, "big") + body + bytes(size - _LENGTH_BYTES - len(body))


def unpack(content, *, rated):
    """The ratings by position; None stands for the voter himself. ValueError when it is no ballot."""
    length = int.from_bytes(content[:_LENGTH_BYTES], "big")
    rows = json.loads(content[_LENGTH_BYTES : _LENGTH_BYTES + length])
    return {
        position: None if row is None else Rating(tuple(row[0]), tuple(row[1]), row[2])
        for position, row in zip(rated, rows, strict=True)
    }


def _as_text(ballot, rated):
    rows = [
        None if rating is None else [rating.levels, rating.texts, rating.comment]
        for rating in (ballot.get(position) for position in rated)
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
