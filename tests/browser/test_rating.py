import io

import segno
from django.db.models import Sum

from evaluations.models import RatingCount


def counted(**where):
    return RatingCount.objects.filter(**where).aggregate(sum=Sum("count"))["sum"] or 0


def test_qr_code_on_the_board_leads_to_the_rating_page(centre, visit, live_server):
    citizen = visit(phone=True).opens(f"/w/{centre.window.code}/")

    shown = citizen.page.request.get(f"/w/{centre.window.code}/qr.svg").body()

    expected = io.BytesIO()
    segno.make(f"{live_server.url}/r/{centre.window.code}/", error="m").save(
        expected, kind="svg", scale=4, border=2
    )
    assert shown == expected.getvalue()


def test_three_taps_count_once(centre, visit):
    citizen = visit(phone=True).opens(f"/w/{centre.window.code}/")

    citizen.follows("评价这个窗口").taps("非常满意").presses("提交").sees("谢谢，评价已计入")
    citizen.page.reload()  # sends the same form once more
    citizen.sees("已提交", "不会重复计数")

    assert counted() == counted(question="overall", level="very_satisfied") == 1


def test_five_levels_stand_from_best_to_worst(centre, visit):
    citizen = visit(phone=True).opens(f"/r/{centre.window.code}/")

    words = citizen.page.locator(".faces label").all_inner_texts()

    assert [word.strip() for word in words] == [
        "非常满意", "满意", "基本满意", "不满意", "非常不满意",
    ]  # fmt: skip


def test_comment_gets_a_receipt_and_an_answer(centre, visit):
    citizen = visit(phone=True).opens(f"/r/{centre.window.code}/").taps("不满意")
    citizen.page.get_by_text("哪里好、哪里不好").click()
    citizen.writes({"想说的话": "等了四十分钟，没人解释"}).presses("提交")
    code = citizen.reads(".receipt")

    secretary = visit(centre.secretary).opens("/feedback").sees("等了四十分钟", "差评")
    secretary.follows("等了四十分钟，没人解释").follows("答复").writes(
        {"答复": "已增开一个窗口，向您道歉。"}
    ).presses("答复群众意见")

    citizen.follows("凭回执码查答复").writes({"回执码": code}).presses("查看")
    citizen.sees("已增开一个窗口，向您道歉。")


def test_nothing_chosen_is_told_and_nothing_counted(centre, visit):
    citizen = visit(phone=True).opens(f"/r/{centre.window.code}/")

    citizen.presses("提交").sees("请先点一个满意程度。")

    assert counted() == 0
