from django import forms

from common.robots import KINDS


class RobotForm(forms.Form):
    name = forms.CharField(label="群名称", max_length=60, help_text="如：书记工作群。")
    kind = forms.ChoiceField(
        label="种类", choices=[(kind.key, kind.name) for kind in KINDS.values()]
    )
    address = forms.CharField(
        label="机器人地址",
        max_length=500,
        help_text="在群机器人的设置页整行复制；加密保存，以后不再显示。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    secret = forms.CharField(
        label="加签密钥",
        max_length=200,
        required=False,
        help_text="钉钉、飞书选了“加签”才有；企业微信没有。",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
