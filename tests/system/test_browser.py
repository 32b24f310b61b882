import pytest

pytestmark = pytest.mark.browser


def test_the_sign_in_page_opens_in_a_real_browser(page):
    page.goto("/login")

    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.locator("input[name=username]").is_visible()


def test_a_phone_needs_no_sideways_scrolling(new_page):
    phone = new_page(width=390, height=844)

    phone.goto("/login")

    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
