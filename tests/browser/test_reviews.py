"""What people say of themselves and of each other by name, and the counters that move with it."""

WORDS = {
    "成绩": "窗口零投诉，带出两名新人",
    "问题": "政策更新后口径慢半拍",
    "改进意见": "每周五下班前对一遍新文件",
    "努力方向": "争取下季度做示范窗口",
}


def test_member_writes_the_self_review(centre, visit):
    """Row P12."""
    member = visit(centre.member, phone=True).opens("/").follows("去自评：个人自评")

    member.writes({
        "对照的先进典型": "身边的老班长",
        "问题和不足": "材料告知不够细",
        "努力方向": "一次说清",
        "争创目标": "群众满意窗口",
    }).taps("合格", within="自我评价").presses("保存自评")  # fmt: skip

    member.sees("钱一的自评", "身边的老班长")
    assert "去自评" not in member.opens("/").reads(".duties")


def test_secretary_reviews_members_one_by_one(centre, visit):
    secretary = visit(centre.secretary).opens("/reviews/branch").sees("已点评 0 / 7 人")

    secretary.follows("去点评", within="李三").writes(WORDS).presses("提交点评")

    secretary.sees("对李三的点评已记下", "已点评 1 / 7 人")
    secretary.opens("/").sees("1 / 7")
    reviewed = visit(centre.member3, phone=True).opens("/notices")
    reviewed.presses("去办理").sees("窗口零投诉，带出两名新人")


def test_leader_reviews_once_and_the_clock_of_the_quarter_stands_still(centre, visit):
    leader = visit(centre.leader).opens("/").sees("领导点评", "今天到期")

    leader.follows("去点评：领导点评").follows("去点评", within="钱一")
    leader.writes(WORDS).presses("提交点评").sees("对钱一的点评已记下")

    leader.opens("/").sees("已完成 1")
    leader.opens("/campaigns/world").sees("领导点评时钟", "已点评")
    visit(centre.member, phone=True).opens("/reviews?whose=mine").follows("钱一").sees("褚局长")


def test_empty_part_is_named_and_the_rest_is_kept(centre, visit):
    secretary = visit(centre.secretary).opens(f"/reviews/branch/{centre.member3.pk}")

    secretary.writes(WORDS | {"问题": ""}).presses("提交点评")

    assert secretary.page.get_by_label("成绩").input_value() == WORDS["成绩"]
    assert secretary.page.get_by_label("问题").get_attribute("aria-invalid") == "true"
