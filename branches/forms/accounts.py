from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password

from branches.models import Person


class SignInForm(AuthenticationForm):
    """One answer for a wrong password, an unknown account and a closed one (H6)."""

    error_messages = {
        "invalid_login": "账号或密码不对，请再试一次。",
        "inactive": "账号或密码不对，请再试一次。",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "账号"


class NewPassword(forms.Form):
    new_password = forms.CharField(
        label="新密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输一遍",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        mix = "大写、小写、数字、符号至少用三种；" if settings.PASSWORD_MOST_DAYS else ""
        self.fields["new_password"].help_text = f"至少 9 位，{mix}不要用常见密码、姓名或账号。"

    def clean(self):
        super().clean()
        password, again = self.cleaned_data.get("new_password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", "两次输入的不一样。")
        elif password:
            try:
                validate_password(password, self.person)
            except forms.ValidationError as error:
                self.add_error("new_password", error)


class PasswordForm(NewPassword):
    old_password = forms.CharField(
        label="现在的密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old_password", "new_password", "again"]

    def clean_old_password(self):
        if not self.person.check_password(self.cleaned_data["old_password"]):
            raise forms.ValidationError("现在的密码不对。")
        return self.cleaned_data["old_password"]


class ActivationForm(NewPassword):
    username = forms.CharField(
        label="账号", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label="激活码", max_length=40, help_text="激活单上的 12 位，不分大小写。"
    )
    field_order = ["username", "code", "new_password", "again"]

    def clean(self):
        # Compared with what was typed: whether such an account exists is not told here.
        self.person = Person(username=self.cleaned_data.get("username", ""))
        super().clean()
