"""A card from the first word to the public page, the slip, the report; every public page looked at with axe."""

import re

from pledges.models import Bulletin, PledgeLine, ServiceItem, ServiceReport
from tests.factories import PledgeFactory, RatingCountFactory, ServiceItemFactory

CARD = {
    "办理的事项": "结婚登记",
    "政策依据": "《婚姻登记条例》",
    "前置条件": "无",
    "申请材料": "身份证\n户口簿",
    "办理程序": "受理\n登记",
    "承诺时限（工作日）": "0",
    "原时限（工作日）": "3",
    "承办单位": "婚姻登记处",
    "联系方式": "0518-81234567",
}


def test_a_card_goes_from_seven_of_eight_to_the_public(centre, visit):
    """Rows L12, L12.1, L12.7, C08, G07."""
    secretary = visit(centre.secretary).opens("/shows/item/add")
    secretary.writes(CARD).taps("不收费").presses("提出公示")
    secretary.sees("还缺：承办单位、承办人及联系方式", "八公开 7/8")
    secretary.follows("继续填写").writes({"承办人": "钱一"}).presses("提出公示").sees("待审核")

    office = visit(centre.officer).opens("/shows/desk").follows("结婚登记")
    office.taps("同意").presses("确定").sees("已公示")

    item = ServiceItem.objects.get()
    anybody = visit(phone=True).opens(f"/s/{item.code}/").sees("当场办结", "压缩 3 天", "不收费")
    anybody.follows("反映超时超收").taps("超过承诺时限").presses("提交").sees("回执码")
    report = ServiceReport.objects.get()
    assert (report.item, report.kind) == (item, "overtime")


def test_public_pages_are_fit_for_everybody(centre, visit):
    item = ServiceItemFactory(live=True, organisation=centre.north, window=centre.window)
    pledge = PledgeFactory(
        published=True, period=centre.period, organisation=centre.north, of_window=True,
        owner_window=centre.window, written_by=centre.secretary,
    )  # fmt: skip
    PledgeLine.objects.create(pledge=pledge, position=1, name="按期办结")
    street = visit(phone=True)
    street.opens("/s/").opens("/s/receipt").opens(f"/w/{centre.window.code}/")
    street.opens(f"/honour/{centre.north.code}/").opens(f"/rules/{centre.north.code}/")
    street.opens(f"/p/{pledge.pk}/lines").taps("做到了").presses("提交").sees("做到了 100%（n=1）")
    wide = visit()
    for page in ("print", "print?size=a5", "notice?lack=1&make=1"):
        wide.opens(f"/s/{item.code}/{page}")
    wide.opens(f"/honour/{centre.north.code}/poster")


def test_registers_and_hints_work_with_a_keyboard_and_a_phone(centre, visit):
    member = visit(centre.member, phone=True).opens("/registers").follows("登记首问")
    member.writes({"来访人": "张先生", "问什么事": "补领结婚证"}).presses("登记").sees("已登记")
    member.opens("/registers/away").writes({"去向": "到社区送证"}).opens("/registers/cover")
    writer = visit(centre.member).opens("/pledges/add")
    writer.writes({"承诺事项": "进一步加强服务", "目标": "更好"}).sees("听着像空话")
    secretary = visit(centre.secretary)
    for page in ("registers/coverage", "registers/reports", "pledges/rates", "examinations"):
        secretary.opens(f"/{page}")
    assert re.search("补领", str(centre.north.first_asked.values_list("matter", flat=True)))


def test_results_are_chosen_signed_and_read_on_the_board(centre, visit):
    """L26: the office's tap, the other signature, the public page with n; axe looks at each."""
    RatingCountFactory(
        campaign=centre.campaign, window=centre.window, question="overall", level="satisfied",
        day=centre.period.starts_on, count=12,
    )  # fmt: skip
    secretary = visit(centre.secretary).opens("/bulletins/add").sees("满意率 100.00%，12 份")
    secretary.presses("提出公示").sees("待审核")
    visit(centre.officer).opens("/shows/desk").follows("评议结果公示").taps("同意").presses("确定")

    bulletin = Bulletin.objects.get()
    assert bulletin.is_live
    street = visit(phone=True).opens(f"/x/bulletin/{bulletin.code}/").sees("满意率 100.00%")
    street.opens(f"/board/{centre.north.code}/").opens(f"/box/{centre.window.code}/")
    visit().opens(f"/x/bulletin/{bulletin.code}/")
    visit(centre.secretary, phone=True).opens("/bulletins/comments/add")
