"""Django's own messages about forms, in words for people who fill in forms."""

from django.forms import fields, models

PLAIN = {
    fields.Field: {"required": "请填写这一项。"},
    fields.CharField: {
        "max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字。",
        "min_length": "至少 %(limit_value)d 字，现在有 %(show_value)d 字。",
    },
    fields.IntegerField: {"invalid": "请填整数。"},
    fields.DecimalField: {"invalid": "请填数字。"},
    fields.DateField: {"invalid": "请按 2026-09-28 的样子填日期。"},
    fields.TimeField: {"invalid": "请按 18:00 的样子填时间。"},
    fields.DateTimeField: {"invalid": "请按 2026-09-28 18:00 的样子填时间。"},
    fields.EmailField: {"invalid": "请填完整的邮箱，如 name@example.cn。"},
    fields.ChoiceField: {"invalid_choice": "请从所列的选项里选。"},
    fields.MultipleChoiceField: {"invalid_choice": "请从所列的选项里选。"},
    models.ModelChoiceField: {"invalid_choice": "请从所列的选项里选。"},
    models.ModelMultipleChoiceField: {"invalid_choice": "请从所列的选项里选。"},
    fields.FileField: {"missing": "请选择文件。", "empty": "这个文件是空的。"},
    fields.ImageField: {"invalid_image": "这不是能打开的照片，请换一张 JPG 或 PNG。"},
}


def use_plain_words():
    """Called once at start; every form then speaks so unless it says otherwise itself."""
    for field, messages in PLAIN.items():
        field.default_error_messages = {**field.default_error_messages, **messages}
