from pledges.models import Pledge

POINTS = ("对服务对象看得见", "有期限、可核对")
FILLED = {
    "承诺事项": "当场办结",
    "现状（基准）": "二十五分钟",
    "目标": "十五分钟",
    "怎样算兑现（佐证）": "办件系统统计",
}


def test_pledge_goes_from_a_member_to_the_public_boards(centre, visit):
    """Row L15."""
    member = visit(centre.member, phone=True).opens("/")
    member.follows("去承诺：提出服务承诺")
    member.chooses("工作效率", of="主题")
    member.writes({
        "承诺事项": "婚姻登记材料当场一次告知",
        "现状（基准）": "平均跑 2 趟",
        "目标": "平均跑 1 趟",
        "怎样算兑现（佐证）": "办件系统的受理次数",
    })  # fmt: skip
    member.presses("提交审核").sees("已提交，等待支部审核", "待审核")

    anybody = visit(phone=True).opens(f"/board/{centre.north.code}/")
    anybody.misses("婚姻登记材料当场一次告知")

    secretary = visit(centre.secretary).opens("/pledges/review")
    secretary.follows("去审核", within="婚姻登记材料当场一次告知")
    secretary.sees("平均跑 2 趟", "对服务对象看得见")
    secretary.ticks(*POINTS).taps("同意公示").presses("确定")

    anybody.opens(f"/board/{centre.north.code}/").sees("婚姻登记材料当场一次告知", "钱一")
    anybody.follows("婚姻登记材料当场一次告知").sees("平均跑 2 趟", "平均跑 1 趟")
    assert Pledge.objects.get().status == Pledge.Status.PUBLISHED


def test_pledge_of_a_window_hangs_on_its_board(centre, visit):
    secretary = visit(centre.secretary).opens(f"/pledges/add?for=window:{centre.window.pk}")
    secretary.writes(FILLED | {"承诺事项": "十五分钟办结"}).presses("提交审核")
    secretary.misses("去审核")  # nobody approves what he wrote himself

    office = visit(centre.officer).opens("/pledges/review").follows("去审核")
    office.ticks(*POINTS).taps("同意公示").presses("确定")

    visit(phone=True).opens(f"/w/{centre.window.code}/").sees("十五分钟办结", "钱一", "窗口受理岗")


def test_returned_pledge_comes_back_with_what_to_change(centre, visit):
    member = visit(centre.member, phone=True).opens("/pledges/add")
    member.writes(FILLED | {"目标": "更好"}).presses("提交审核")
    secretary = visit(centre.secretary).opens("/pledges/review").follows("去审核")
    secretary.taps("退回修改").writes({"审核意见": "请写出能核对的目标"}).presses("确定")

    member.opens("/notices").presses("去办理").sees("退回修改", "请写出能核对的目标")
    member.follows("继续填写").writes({"目标": "每天多办两件"}).presses("提交审核").sees("待审核")
