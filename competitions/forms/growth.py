from django import forms

from competitions.forms.common import LINES, day_field
from competitions.queries.finding import Directory


class GrowthForm(forms.Form):
    """Who is developed along which track, by whom, until when."""

    track = forms.ChoiceField(label="培养方向")
    who = forms.CharField(
        label="培养对象", max_length=120, help_text="写姓名；同名的写成“张三（一支部）”。"
    )
    mentor = forms.CharField(label="导师", max_length=120, help_text="写姓名，不能是本人。")
    goal = forms.CharField(
        label="培养目标", max_length=300, widget=LINES, help_text="培养成什么样算达到。"
    )
    starts_on = day_field("开始")
    due_on = day_field("预计完成")

    def __init__(self, *args, tracks, place, campaign, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.tracks = {f"{item.key}/{track.key}": (item, track) for item, track in tracks}
        self.fields["track"].choices = [(key, one.name) for key, (_, one) in self.tracks.items()]
        self.near = Directory("person", place, today=today)
        self.far = Directory("person", campaign.organisation, today=today)

    def clean(self):
        cleaned = super().clean()
        person = self._find("who", self.near)
        mentor = self._find("mentor", self.far)
        if person and mentor and person == mentor:
            self.add_error("mentor", "导师不能是培养对象自己。")
        item, track = self.tracks.get(cleaned.get("track"), (None, None))
        cleaned |= {"person": person, "mentor_person": mentor, "item": item, "on": track}
        if person and track:
            self._refuse_kind(person, track)
            cleaned["place"] = self.near.places[person.pk]
        first, last = cleaned.get("starts_on"), cleaned.get("due_on")
        if first and last and last < first:
            self.add_error("due_on", "预计完成不能早于开始。")
        return cleaned

    def _find(self, field, directory):
        text = self.cleaned_data.get(field)
        person, problem = directory.find(text) if text else (None, "")
        if problem:
            self.add_error(field, problem)
        return person

    def _refuse_kind(self, person, track):
        if track.of == "members" and not person.is_party_member:
            self.add_error("who", f"{person} 不是党员，这个方向培养的是党员。")
        if track.of == "others" and person.is_party_member:
            self.add_error("who", f"{person} 已经是党员，这个方向培养的是非党员。")


class StepForm(forms.Form):
    step = forms.ChoiceField(label="步骤")
    done_on = day_field("日期")
    text = forms.CharField(label="做了什么", max_length=500, widget=LINES)
    evidence = forms.CharField(
        label="佐证", max_length=300, required=False, help_text="文件、证书、记录的名称和存放处。"
    )

    def __init__(self, *args, steps, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(step, step) for step in steps]


class MentorForm(forms.Form):
    mentor = forms.CharField(label="新导师", max_length=120)
    reason = forms.CharField(label="原因", max_length=200, widget=LINES)

    def __init__(self, *args, directory, **kwargs):
        super().__init__(*args, **kwargs)
        self.directory = directory

    def clean_mentor(self):
        person, problem = self.directory.find(self.cleaned_data["mentor"])
        if problem:
            raise forms.ValidationError(problem)
        return person


class ConcludeForm(forms.Form):
    verdict = forms.ChoiceField(
        label="结论", choices=[("reached", "已达到"), ("ended", "终止")], widget=forms.RadioSelect
    )
    result = forms.CharField(label="说明", max_length=500, widget=LINES)
