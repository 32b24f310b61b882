"""Template tags: dates, figures and masks as the plans write them."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from common.context import portal, wants_large_type
from common.templatetags import portal as tags

EVENING = dt.datetime(2026, 9, 28, 10, 0, tzinfo=dt.UTC)


def shown(text, **context):
    return Template("{% load portal %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("台签缺一张", "台签缺一张"),
        ("午间窗口无人。群众等了一刻钟，打电话也没人接", "午间窗口无人"),
        (
            "三号窗口受理企业登记时没有一次告知全部材料，群众跑了三趟",
            "三号窗口受理企业登记时没有一次告知全部材料…",
        ),
        ("一人未佩戴工作牌\n整改要求：当日补齐", "一人未佩戴工作牌"),
        ("", ""),
    ],
)
def test_a_paragraph_gets_a_title_of_its_first_sentence(text, title):
    assert tags.heading(text) == title


def test_dates_are_written_the_chinese_way():
    assert tags.cn_datetime(EVENING) == "9月28日 周一 18:00"
    assert tags.cn_date(EVENING.date(), "year") == "2026年9月28日 周一"
    assert tags.cn_date(EVENING, "short") == "9-28"
    assert tags.cn_time(EVENING) == "18:00"
    assert tags.cn_date(None) == tags.cn_datetime(None) == tags.cn_time(None) == "—"


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("87.45"), "87.5"), (1284, "1,284.0"), (None, "—"), ("", "—"), ("n", "—"), (0, "0.0")],
)
def test_figure_rounds_half_up_and_never_invents(value, text):
    assert tags.figure(value) == text


def test_shares_and_changes():
    assert tags.percent(Decimal("0.9615")) == "96.2%"
    assert tags.percent(0.82, 0) == "82%"
    assert tags.percent(None) == "—"
    assert [tags.signed(value) for value in (2.1, 0, -0.4, None)] == [
        "+2.1",
        "0.0",
        "\u22120.4",
        "—",
    ]


def test_personal_data_is_masked():
    assert tags.masked_phone("13812345678") == "138****5678"
    assert tags.masked_id("330106199003074512") == "330106**********12"
    assert tags.masked_name("欧阳某") == "欧某某"
    assert tags.masked_phone("") == tags.masked_id(None) == tags.masked_name("") == "—"


def test_bands_of_the_heat_table():
    assert [tags.band(share) for share in (None, 0.59, 0.6, 0.75, 0.85, 0.95, 1)] == [
        0,
        1,
        2,
        3,
        4,
        5,
        5,
    ]


def test_page_links_keep_the_filter():
    request = RequestFactory().get("/", {"branch": "窗口", "page": "2"})

    assert shown("{% query page=3 %}", request=request) == "branch=%E7%AA%97%E5%8F%A3&amp;page=3"
    assert shown("{% query page=None %}", request=request) == "branch=%E7%AA%97%E5%8F%A3"
    assert tags.kept({"request": request}) == [("branch", "窗口")]


def test_icon_names_a_symbol_of_the_sprite():
    assert '/static/img/icons.svg#today"' in shown('{% icon "today" %}')


def test_spark_needs_two_figures():
    assert shown("{% spark values %}", values=[82]) == ""
    assert 'points="2,21.0 12,3.0"' in shown("{% spark values %}", values=[82, None, 87.4])


def test_chart_table_fills_short_series():
    chart = {
        "labels": ["Q1", "Q2"],
        "series": [{"name": "a", "values": [1, 2]}, {"name": "b", "values": [3]}],
    }

    assert tags.chart_rows(chart) == [("Q1", [1, 3]), ("Q2", [2, None])]
    assert tags.chart_key({**chart, "caption": "得分"}) == tags.chart_key({"caption": "得分"})


def test_rate_says_n_and_margin_or_why_there_is_no_figure():
    part = '{% include "_components/rate.html" with share=share n=n margin=margin %}'

    text = shown(part, share=Decimal("0.962"), n=1214, margin=Decimal("0.026"))
    assert "96.2%" in text
    assert "n=1,214，±2.6%" in text
    assert "人数不足，不显示" in shown(part, share=None, n=3)


def test_frame_bears_a_bare_request():
    context = portal(RequestFactory().get("/"))

    assert context["nav"] == []
    assert context["campaign"] is None
    assert context["unread_count"] == 0
    assert context["frame"] == {"tabs": [], "links": {}, "switches": {}, "crumbs": []}


def test_rail_has_at_most_seven_entries_and_the_phone_three_beside_more():
    request = RequestFactory().get("/")
    request.portal_nav = [(str(at), "/", "today", False) for at in range(9)]

    context = portal(request)

    assert len(context["nav"]) == 7
    assert len(context["frame"]["tabs"]) == 3


def test_large_type_is_asked_for_by_link_and_kept_by_cookie(client, db):
    response = client.get("/login?type=large")

    assert 'class="large"' in response.text
    assert 'class="large"' in client.get("/login").text
    assert 'class="large"' not in client.get("/login?type=normal").text
    assert wants_large_type(RequestFactory().get("/")) is False


def test_forms_speak_plainly():
    form = type("Form", (forms.Form,), {"due": forms.DateField(label="期限")})

    assert form({}).errors["due"] == ["请填写这一项。"]
    assert form({"due": "13月1日"}).errors["due"] == ["请按 2026-09-28 的样子填日期。"]


def test_explanation_of_a_score_opens_to_its_inputs():
    marks = [{"score": "86", "n": 2}]
    part = {"label": "互评", "shown": "84.2", "weight": "30%", "n": 18, "scores": marks}

    line = tags.explained(part | {"unknown": "不了解 1 票，不计入分母", "unrounded": "84.25"})

    assert line["inputs"] == [("86 分", "2 票"), ("取整前", "84.25")]
    assert line["how"] == "n=18 · 不了解 1 票，不计入分母"
    shown_tree = shown('{% include "_components/score_tree.html" %}', node={"parts": [part]})
    assert "84.2</b> \u00d7 30%" in shown_tree
    assert "86 分" in shown_tree


def test_counted_inputs_are_named_in_chinese():
    line = tags.explained({"inputs": {"done": 2, "total": 3, "late": 1, "excused": 0}})

    assert line["inputs"] == [("做到", 2), ("共", 3), ("其中逾期", 1), ("免计", 0)]


def test_filter_row_wears_the_style_and_keeps_what_was_chosen():
    fields = {"branch": forms.ChoiceField(label="支部", choices=[("1", "窗口")])}
    fields["q"] = forms.CharField(label="查找")
    request = RequestFactory().get("/", {"branch": "1", "page": "3"})
    form = type("Row", (forms.Form,), fields)(request.GET)
    part = '{% include "_components/filter.html" with export_url="/out" count=7 %}'

    text = shown(part, form=form, request=request)

    assert 'class="form-select"' in text
    assert 'class="form-control"' in text
    assert 'href="/out?branch=1"' in text
