from datetime import timedelta

from axes.models import AccessAttempt
from django.utils import timezone

from tests.factories import PASSWORD


def test_right_password_lands_on_what_is_to_be_done_today(centre, visit):
    member = visit(phone=True).opens("/").signs_in("member", PASSWORD)

    member.sees("今天要办", "提出服务承诺", "个人自评")


def test_wrong_passwords_slow_down_and_lock_nobody_out(centre, visit, settings):
    settings.AXES_ENABLED = True
    guest = visit().opens("/login")

    for _ in range(4):
        guest.signs_in("member", "猜一个密码").sees("账号或密码不对，请再试一次。")
    guest.signs_in("member", "再猜一个").sees("登录已暂停")
    guest.opens("/login").signs_in("member", PASSWORD).sees("登录已暂停")

    visit().opens("/login").signs_in("member2", PASSWORD).sees("今天要办")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=11))
    guest.opens("/login").signs_in("member", PASSWORD).sees("今天要办")
