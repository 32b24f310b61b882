"""A secretary's own part in comparing: an activity with who was there, a figure that is measured (B03, B04, B10, R08)."""

from common.dates import today
from competitions.models import Activity, Reading
from tests.competitions.conftest import fair  # noqa: F401  (a fixture)


def test_an_activity_and_a_figure_are_recorded_from_the_menu(fair, visit):  # noqa: F811
    secretary = visit(fair.secretary).opens("/activities").follows("记一次活动")
    secretary.chooses("学业务", of="种类").chooses("第一支部", of="主办")
    secretary.writes({"名称": "新规培训", "开始日期": today().isoformat()}).ticks("比素质")
    secretary.page.get_by_label("参加的人").fill("孙二\n查无此人")
    secretary.presses("记下").sees("查无此人")
    secretary.page.get_by_label("参加的人").fill("孙二")
    secretary.presses("记下").sees("新规培训", "孙二")

    secretary.opens("/indicators").follows("填报")
    secretary.chooses("工作效率（件/日）", of="指标").chooses("窗口", of="对象")
    secretary.writes({"名称": "婚姻登记窗口", "数值": "12.5"}).presses("保存")
    secretary.opens("/indicators/style/efficiency").sees("婚姻登记窗口", "12.5")

    held = Activity.objects.get()
    assert [row.person.name for row in held.attendance.all()] == ["孙二"]
    assert Reading.objects.get().window == fair.window
