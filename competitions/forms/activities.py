from django import forms

from branches.models import Organisation
from competitions.forms.common import LINES, day_field
from competitions.forms.names import NamesField, found_in
from competitions.models import ActivityNote
from competitions.queries.finding import Directory

PEOPLE_HELP = "每行一个姓名，由组织者登记；不打卡、不计在线时长。"


class ActivityForm(forms.Form):
    kind = forms.ChoiceField(label="种类")
    name = forms.CharField(label="名称", max_length=100)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="主办", empty_label="请选择"
    )
    held_on = day_field("开始日期")
    ends_on = day_field("结束日期", required=False, help_text="当天结束的不用填。")
    place = forms.CharField(label="地点", max_length=80, required=False)
    tags = forms.MultipleChoiceField(
        label="还体现", required=False, widget=forms.CheckboxSelectMultiple
    )
    co_organisers = forms.MultipleChoiceField(
        label="协办", required=False, widget=forms.CheckboxSelectMultiple
    )
    leader = forms.CharField(label="带队人", max_length=60, required=False)
    people = NamesField(label="参加的人", required=False, help_text=PEOPLE_HELP)
    summary = forms.CharField(label="内容和效果", max_length=2000, required=False, widget=LINES)

    def __init__(  # noqa: PLR0913 (what there is to choose from)
        self, *args, items, tags, co_organisers, organisations, campaign, today, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.campaign, self.today = campaign, today
        self.fields["kind"].choices = [
            (
                item.name,
                [(f"{item.key}/{kind}", kind) for kind in item.options.kinds or (item.name,)],
            )
            for item in items
        ]
        self._offer("tags", tags)
        self._offer("co_organisers", [(name, name) for name in co_organisers])
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].initial = organisations.first()

    def _offer(self, name, choices):
        self.fields[name].choices = choices
        if not choices:
            del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("held_on") and cleaned["held_on"] > self.today:
            self.add_error("held_on", "活动办完再记，不能写以后的日期。")
        if (
            cleaned.get("ends_on")
            and cleaned.get("held_on")
            and cleaned["ends_on"] < cleaned["held_on"]
        ):
            self.add_error("ends_on", "结束日期不能早于开始日期。")
        directory = Directory("person", self.campaign.organisation, today=self.today)
        cleaned["people"] = _people(self, directory, cleaned.get("people") or [])
        if name := cleaned.get("leader"):
            cleaned["leader"], problem = directory.find(name)
            if problem:
                self.add_error("leader", problem)
        else:
            cleaned["leader"] = None
        return cleaned


def _people(form, directory, lines):
    found, problems = found_in(directory, lines)
    for problem in problems:
        form.add_error("people", problem)
    return [person for person, _ in found]


class AttendanceForm(forms.Form):
    people = NamesField(label="参加的人", help_text=PEOPLE_HELP)

    def __init__(self, *args, directory, **kwargs):
        super().__init__(*args, **kwargs)
        self.directory = directory

    def clean(self):
        cleaned = super().clean()
        cleaned["people"] = _people(self, self.directory, cleaned.get("people") or [])
        return cleaned


class SummaryForm(forms.Form):
    summary = forms.CharField(label="内容和效果", max_length=2000, widget=LINES)


class NoteForm(forms.Form):
    kind = forms.ChoiceField(
        label="种类", choices=ActivityNote.Kind.choices, widget=forms.RadioSelect
    )
    done_on = day_field("日期")
    whom = forms.CharField(
        label="帮扶对象", max_length=80, required=False, help_text="结对帮扶时写户名或单位。"
    )
    text = forms.CharField(label="做了什么", max_length=500, widget=LINES)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == "help" and not cleaned.get("whom"):
            self.add_error("whom", "结对帮扶请写明帮扶对象。")
        return cleaned


class SelfCheckForm(forms.Form):
    """The scheme's questions as they stand; all are private, so none is forced."""

    def __init__(self, *args, plan, questionnaire, answers, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questionnaire.questions
        for question in self.questions:
            self.fields[question.key] = _asked(plan, question, answers.get(question.key))

    @property
    def answers(self):
        return {one.key: self.cleaned_data[one.key] for one in self.questions}


def _asked(plan, question, answer):
    if question.kind == "scale" and plan.scale_of(question).levels:
        levels = [(level.key, level.name) for level in plan.scale_of(question).levels]
        return _chosen(question, levels, answer)
    if question.kind == "check":
        return _chosen(question, [("yes", "做到了"), ("no", "还没有")], answer)
    return forms.CharField(
        label=question.name,
        required=question.required,
        max_length=1000,
        widget=LINES,
        initial=answer,
    )


def _chosen(question, choices, answer):
    return forms.ChoiceField(
        label=question.name, choices=choices, required=question.required, initial=answer,
        widget=forms.RadioSelect,
    )  # fmt: skip
