"""The flag that travels, and a judge's sheet that leaves as Excel and comes back (B02, B06, H01, H03)."""

import io
from datetime import timedelta

from django.utils import timezone
from openpyxl import load_workbook

from common.dates import today
from competitions.models import Award, Mark, Selection
from tests.competitions.contests import both, contest_of_skills, deed, judged
from tests.factories.competitions import SelectionFactory


def test_a_window_takes_the_flag_over_from_the_one_that_held_it(centre, visit):
    held_until_now(centre, centre.window)
    committee = visit(centre.committee_member).opens("/selections").follows("发起评选")
    committee.chooses("流动红旗窗口", of="称号")
    committee.writes({"推荐截止": (today() + timedelta(days=9)).isoformat()})
    committee.presses("发起评选").sees("推荐中", "流动")
    selection = Selection.objects.get(period=centre.period)

    visit(centre.member, phone=True).opens(f"/selections/{selection.pk}").follows("推荐").writes(
        {"名称": "企业登记窗口", "推荐理由": "本季满意率最高"}
    ).presses("推荐").sees("已推荐")
    committee.opens(f"/selections/{selection.pk}").follows("企业登记窗口").follows("审核")
    committee.taps("通过，列为候选").presses("审核").follows("公示拟表彰名单")
    committee.ticks("企业登记窗口").presses("公示拟表彰名单").sees("公示中")
    Selection.objects.filter(pk=selection.pk).update(objections_until=today() - timedelta(days=1))
    committee.opens(f"/selections/{selection.pk}").follows("作出表彰决定")
    committee.writes({"表彰决定": "办公会研究决定"}).presses("作出表彰决定").sees("已表彰")

    assert [str(one.subject) for one in Award.objects.filter(ended_on=None)] == ["企业登记窗口"]
    street = visit(phone=True).opens(f"/honours/{centre.campaign.slug}/")
    street.sees("移交 企业登记窗口")
    holders = street.page.locator("td[data-label=获得者]").all_inner_texts()
    assert ["企业登记窗口" in holders[0], "婚姻登记窗口" in holders[1]] == [True, True]


def held_until_now(centre, window):
    """The flag of the quarter before, decided and held."""
    before = SelectionFactory(
        campaign=centre.campaign, period=centre.closed_period, organisation=centre.root,
        title="red_flag_window", name="流动红旗窗口", subject="window", places=1, travelling=True,
        state="awarded", decision="办公会研究决定", decided_by=centre.committee_member,
        decided_at=timezone.now(),
    )  # fmt: skip
    return Award.objects.create(
        campaign=centre.campaign, period=centre.closed_period, selection=before, title=before.title,
        name=before.name, window=window, organisation=window.organisation,
        granted_on=centre.closed_period.ends_on,
    )  # fmt: skip


def test_a_sheet_is_filled_in_excel_looked_at_and_handed_in(centre, visit, as_person, tmp_path):
    contest = contest_of_skills(centre, as_person)
    judged(centre, as_person, contest, {"钱一": both(90), "孙二": both(80)}, judge=centre.inspector)
    deed(as_person(centre.committee_member), contest, "judges", names="褚局长")
    judge = visit(centre.leader).opens(f"/contests/{contest.pk}/sheet")
    with judge.page.expect_download() as download:
        judge.page.get_by_role("link", name="下载评分表").click()
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    marks = {"钱一": (92.375, 95.125), "孙二": (81.5, 79.25)}
    sheet = filled(book, tmp_path / "sheet.xlsx", marks)

    judge.page.get_by_label("填好的评分表").set_input_files(sheet)
    judge.presses("读入").sees("已读入 4 个分数，请核对后交表", "已评完")
    shown = [judge.page.get_by_label(f"钱一 {name}").input_value() for name in ("理论", "操作")]
    judge.is_asked_and_presses("交表", confirm="交表").sees("评分表已交")
    runner = visit(centre.committee_member).opens(f"/contests/{contest.pk}").follows("定名次")
    runner.presses("定名次").follows("公布成绩").presses("公布成绩").sees("成绩已公布")

    assert [float(value) for value in shown] == [92.375, 95.125]
    given = Mark.objects.filter(judge__person=centre.leader).order_by("value")
    assert [float(one.value) for one in given] == [79.25, 81.5, 92.375, 95.125]
    # (92.375×0.4 + 95.125×0.6 + 90) ÷ 2 = 92.0125; (81.5×0.4 + 79.25×0.6 + 80) ÷ 2 = 80.075
    visit(centre.member, phone=True).opens(f"/contests/{contest.pk}").sees("92.01", "80.08")


def filled(book, path, marks):
    """The sheet as the judge saves it: his marks behind each name."""
    rows = list(book.active.iter_rows())
    heads = next(row for row in rows if row[0].value == "序号")
    for row in rows[heads[0].row :]:
        for cell, mark in zip(row[2:], marks.get(row[1].value, ()), strict=False):
            cell.value = mark
    book.save(path)
    return path
