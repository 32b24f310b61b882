"""Each role opens what its menu offers, on a phone and on a wide screen: accessible, never too wide."""

import pytest

ROLES = [
    "member", "secretary", "leader", "committee_member", "officer", "inspector",
    "system_admin", "security_admin", "audit_admin",
]  # fmt: skip
ALSO = ["/notices", "/me", "/me/edit", "/me/photo", "/me/password", "/privacy", "/campaigns"]
PUBLIC = [
    "/login",
    "/activate",
    "/w/",
    "/w/{window}/",
    "/board/{branch}/",
    "/r/{window}/",
    "/receipt",
    "/privacy",
]
LINKS = "() => [...document.querySelectorAll('.rail a, .tabs a')].map(a => a.getAttribute('href'))"


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "wide"])
@pytest.mark.parametrize("role", ROLES)
def test_role_opens_its_menu(centre, visit, role, phone):
    person = visit(getattr(centre, role), phone=phone).opens("/")

    for path in sorted({*person.page.evaluate(LINKS), *ALSO}):
        person.opens(path)

        assert person.page.locator("h1").count() == 1, path


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "wide"])
def test_anybody_opens_the_public_pages(centre, visit, phone):
    anybody = visit(phone=phone)

    for path in PUBLIC:
        anybody.opens(path.format(window=centre.window.code, branch=centre.north.code))

        assert anybody.page.locator("h1").count() == 1, path


@pytest.mark.parametrize("path", ["/w/{window}/", "/r/{window}/", "/board/{branch}/"])
def test_public_page_is_light(centre, visit, path):
    anybody = visit(phone=True)
    sizes = []
    anybody.page.on("response", lambda answer: sizes.append(len(answer.body())))

    anybody.opens(path.format(window=centre.window.code, branch=centre.north.code))

    assert sum(sizes) <= 50_000
