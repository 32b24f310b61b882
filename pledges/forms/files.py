from django import forms

from common.attachments import ACCEPT, AttachmentRefused, attachment_of

MOST_FILES = 5


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Several files at once, each cleaned; the value is a list of attachments."""

    def __init__(self, **kwargs):
        widget = FilesInput(attrs={"accept": ACCEPT, "multiple": True})
        super().__init__(widget=widget, max_length=None, allow_empty_file=True, **kwargs)

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(file, initial) for file in given if file]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"一次最多 {MOST_FILES} 个文件，请分几次传。")
        try:
            return [attachment_of(file) for file in files]
        except AttachmentRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
