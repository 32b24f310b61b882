from supervision.models import Draw, Rectification


def test_inspector_draws_a_window_and_writes_down_what_was_found(centre, visit):
    """S01: by finger on a phone, nothing forced, to the ledger item with its demand."""
    inspector = visit(centre.inspector, phone=True).opens("/inspections").follows("随机抽窗口")
    inspector.writes({"抽几个": 1}).presses("抽签").sees("抽中 1 个窗口")
    _, drawn, _ = Draw.objects.get().drawn[0]

    inspector.follows("去检查：" + drawn).presses("开始检查").sees("每点一项就已保存")
    inspector.page.get_by_role("radio", name="没做到").first.check()
    inspector.sees("已保存")
    for row in inspector.page.get_by_role("radio", name="不涉及").all()[1:]:
        row.check()
    inspector.sees("各项都点过了")
    inspector.page.reload()
    inspector.writes({
        "检查情况": "台签、公示栏齐全",
        "发现问题": "一次性告知单缺一张",
        "整改要求": "当日补齐",
    })  # fmt: skip
    inspector.page.get_by_label("整改时限").fill(f"{centre.period.ends_on:%Y-%m-%d}")
    inspector.presses("保存督查记录").sees("督查记录已保存", "一次性告知单缺一张", "没有做到")

    inspector.presses("列入整改台账").sees("已列入整改台账", "整改要求：当日补齐")
    item = Rectification.objects.get()
    assert item.problem.startswith("一次性告知单缺一张")
    inspector.follows("督查记录")

    inspector.follows("随机抽取").page.get_by_text("怎样重抽一遍").click()
    inspector.sees(Draw.objects.get().seed)


def test_problem_without_a_demand_is_asked_for_one(centre, visit):
    inspector = visit(centre.inspector).opens("/inspections/add")

    inspector.writes({"检查情况": "到岗", "发现问题": "缺台签"}).presses("保存")

    inspector.sees("发现问题要写明整改要求。", "请定一个整改时限。")
