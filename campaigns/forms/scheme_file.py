from django import forms

from campaigns.forms.scheme_yaml import MAX_BYTES, SchemeFileError, read_scheme


class SchemeFileForm(forms.Form):
    """A scheme as a YAML file; `document` is what it says, `problems` what is wrong, line by line."""

    file = forms.FileField(
        label="方案文件（YAML）",
        help_text="先在方案页下载一份照着改；不超过 1 MB。有一处不对，整份都不保存。",
        error_messages={
            "required": "请选择方案文件。",
            "empty": "文件是空的，请检查后再选。",
        },
    )
    document = None
    problems = ()

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.document = read_scheme(file.read(MAX_BYTES + 1))
        except SchemeFileError as error:
            self.problems = error.problems
            raise forms.ValidationError(
                f"这份方案有 {len(error.problems)} 处问题，没有保存任何内容。请按列出的行号改好再选一次。"
            ) from None
        return file
