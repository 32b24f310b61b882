"""The peer sheet as posted: strict, because nobody can look at a ballot later."""

import re
import unicodedata

from django import forms

from evaluations.actions.paper import BallotRefused, Rating, check

STRANGE = "选票里有问卷以外的内容，没有提交。请刷新页面重新填写。"
TOO_LONG = "有 {count} 处文字超过 {most} 字，请缩短后再提交。"
OUT_OF_RANGE = "有 {count} 处分数不对：“{name}”要在 {range} 之间{step}。"
LOOKS_LIKE_AN_ANSWER = re.compile(r"^[pc]-?[0-9]")


def scale_name(position, question):
    return f"p{position}-{question.key}"


def comment_name(position):
    return f"c{position}"


def cleaned_text(text):
    """Composed, without control and invisible direction signs; lines end in one way."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (sign for sign in text if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cf"})
    return "".join(kept).strip()


class BallotForm:
    """Reads `{field name: value}` into `{position: Rating}`; what was typed stays available.

    Not a django.forms.Form: 400 radio buttons as form fields cost twenty times as much as the
    page may (docs/adr/peer-sheet-without-django-forms.md).
    """

    def __init__(self, data, paper):
        self.data = data
        self.paper = paper
        self.sheet = paper.round.sheet
        self.problems = []
        self.ballot = {}

    def is_valid(self):
        if self.data is None:
            return False
        self.problems = list(self._strange())
        if not self.problems:
            self.ballot = {position: self._rating(position) for position in self.paper.positions}
            self._check_figures()
            self._check_lengths()
        if not self.problems:
            try:
                check(self.sheet, self.ballot, rated=self.paper.positions)
            except BallotRefused as refusal:
                self.problems = refusal.problems
        return not self.problems

    def value(self, name):
        return self.data.get(name, "") if self.data is not None else ""

    def incomplete(self):
        """Positions where a required answer is missing; none before the first try."""
        if self.data is None:
            return set()
        required = [question for question in self.sheet.questions if question.required]
        return {
            position
            for position in self.paper.positions
            if any(not self.value(scale_name(position, question)) for question in required)
        }

    def wrong_figures(self):
        """{position: questions whose figure is not on the scale}; none before the first try."""
        if self.data is None:
            return {}
        asked = [question for question in self.sheet.scale_questions if question.is_numeric]
        found = {
            position: [
                question
                for question in asked
                if (written := self.value(scale_name(position, question)).strip())
                and question.number_of(written) is None
            ]
            for position in self.paper.positions
        }
        return {position: questions for position, questions in found.items() if questions}

    def _check_figures(self):
        wrong = [question for questions in self.wrong_figures().values() for question in questions]
        for question in dict.fromkeys(wrong):
            step = "，写整数" if question.step == "1" else f"，每 {question.step} 分一档"
            self.problems.append(
                OUT_OF_RANGE.format(
                    count=wrong.count(question),
                    name=question.name,
                    range=question.range_text,
                    step=step,
                )
            )

    def _strange(self):
        """Answers about somebody who is not to be rated here, twice about one, or not on the scale."""
        known = self._known_names()
        for name, values in self.data.lists():
            if not LOOKS_LIKE_AN_ANSWER.match(name):
                continue
            if name not in known or len(values) != 1:
                yield STRANGE
                return
            if values[0] and _is_off_the_scale(known[name], values[0]):
                yield STRANGE
                return

    def _known_names(self):
        known = {}
        for position in self.paper.positions:
            known |= {scale_name(position, question): question for question in self.sheet.questions}
            if self.sheet.comment:
                known[comment_name(position)] = None
        return known

    def _rating(self, position):
        return Rating(
            levels=tuple(
                question.number_of(self.value(scale_name(position, question))) or 0
                for question in self.sheet.scale_questions
            ),
            texts=tuple(
                cleaned_text(self.value(scale_name(position, question)))
                for question in self.sheet.text_questions
            ),
            comment=cleaned_text(self.value(comment_name(position))) if self.sheet.comment else "",
        )

    def _check_lengths(self):
        most = self.sheet.comment_length
        texts = [rating.comment for rating in self.ballot.values()]
        texts += [text for rating in self.ballot.values() for text in rating.texts]
        too_long = sum(len(text) > most for text in texts)
        if too_long:
            self.problems.append(TOO_LONG.format(count=too_long, most=most))


def _is_off_the_scale(question, value):
    if question is None or question.is_text or question.is_numeric:
        return False
    return question.number_of(value) is None


class RoundOpenForm(forms.Form):
    closes_at = forms.DateTimeField(
        label="截止时间",
        help_text="至少在 24 小时之后；开启后不能提前。",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={
            "required": "请选截止时间。",
            "invalid": "请按 2026-09-28 18:00 的样子填写。",
        },
    )
    organisations = forms.ModelMultipleChoiceField(
        queryset=None,
        label="开启互评的组织",
        error_messages={
            "required": "请至少勾选一个组织。",
            "invalid_choice": "勾选的组织里有不能开启的，请刷新页面再试。",
        },
    )

    def __init__(self, *args, organisations, occasions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = organisations
        self.fields["occasion"] = _occasion(occasions)


def _occasion(named):
    """One of the scheme's, or free words where it names none (P23)."""
    if named:
        choices = [("", "不结合，单独开"), *((name, name) for name in named)]
        return forms.ChoiceField(label="结合哪项会议或评议", required=False, choices=choices)
    return forms.CharField(
        label="结合哪项会议或评议",
        required=False,
        max_length=40,
        help_text="例如 民主生活会、行风评议；没有就空着。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "最多 40 个字。"},
    )


WAYS = [
    ("joint", "联合互评：几个支部合成一个名册，大家都看得到，一起密封投票"),
    ("named", "记名互评：事先讲明记名，截止后被评的人和书记看得到谁写了什么"),
    ("paper", "纸质测评：发表投箱，不写姓名，两个人各录一遍合计；人少时只出一个等次或不出"),
]


class SmallRoundForm(RoundOpenForm):
    """For branches with too few people; the order of the fields is the order of the decision."""

    way = forms.ChoiceField(
        label="用哪一种办法",
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一种办法。"},
    )


class RoundVoidForm(forms.Form):
    reason = forms.CharField(
        label="作废原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="会告诉名册上的每个人，并记入留痕。",
        error_messages={"required": "请写明原因，让大家知道为什么要重新评。"},
    )


class CommentVerdictForm(forms.Form):
    comment = forms.UUIDField()
    verdict = forms.ChoiceField(choices=[("show", "给本人看"), ("hide", "不予显示")])
