from django import forms

from branches.models import Organisation
from common.excel import limits

ACCEPTED = ".xlsx,.xls,.csv"
LEAVE_OUT = ("", "不导入")


class UploadForm(forms.Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="导入到",
        help_text="只会动这个组织和它下面的组织。",
        empty_label=None,
    )
    file = forms.FileField(
        label="文件",
        help_text=f".xlsx、.xls 或 .csv，{limits.FILE_BYTES // limits.MEGABYTE} MB 以内。"
        "手头的名册直接上传即可，不必改成模板的样子。",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, *args, organisations, abouts=None, about_label="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        if abouts is not None:
            about = forms.ChoiceField(label=about_label or "关于", choices=abouts)
            self.fields = {"about": about, **self.fields}

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > limits.FILE_BYTES:
            raise forms.ValidationError(
                f"文件超过 {limits.FILE_BYTES // limits.MEGABYTE} MB，请删去图片或拆分后再上传。"
            )
        return file


class RowFilterForm(forms.Form):
    """Inside a preview: nothing in here is refused, what is not known is ignored."""

    q = forms.CharField(
        label="姓名",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control", "type": "search"}),
    )
    sheet = forms.ChoiceField(
        label="工作表", required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    fate = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput())

    def __init__(self, *args, sheets, label="姓名", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].label = label
        if len(sheets) > 1:
            self.fields["sheet"].choices = [("", "全部"), *((name, name) for name in sheets)]
        else:
            del self.fields["sheet"]


class ColumnsForm(forms.Form):
    """One choice for each heading of the file."""

    def __init__(self, *args, columns, fields, **kwargs):
        super().__init__(*args, **kwargs)
        self.columns = columns
        choices = [LEAVE_OUT, *fields.items()]
        for place, column in enumerate(columns):
            known = column["field"] in fields
            self.fields[f"column{place}"] = forms.ChoiceField(
                label=column["heading"].rpartition(" / ")[2],
                choices=choices,
                required=False,
                initial=column["field"] if known else "",
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def lines(self):
        """Heading, samples and the field to choose in, for the page."""
        return [(column, self[f"column{place}"]) for place, column in enumerate(self.columns)]

    def corrected(self):
        """Heading → meaning, of those that were changed."""
        return {
            column["key"]: self.cleaned_data[f"column{place}"] or None
            for place, column in enumerate(self.columns)
            if f"column{place}" in self.changed_data
        }
