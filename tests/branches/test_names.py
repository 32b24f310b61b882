import pytest

from branches.actions import new_username, pinyin_key
from branches.actions.names import SURNAMES
from tests.factories import PersonFactory


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("单国强", "shan guo qiang"),
        ("曾志伟", "zeng zhi wei"),
        ("解晓东", "xie xiao dong"),
        ("区建国", "ou jian guo"),
        ("仇和平", "qiu he ping"),
        ("查良镛", "zha liang yong"),
        ("朴正", "piao zheng"),
        ("翟明", "zhai ming"),
        ("缪斯", "miao si"),
        ("单于飞", "chan yu fei"),
        ("尉迟恭", "yu chi gong"),
        ("张伟", "zhang wei"),
        ("单", "dan"),
    ],
)
def test_surnames_sort_as_they_are_read(name, key):
    assert pinyin_key(name) == key


def test_the_table_has_about_sixty_surnames():
    assert len(SURNAMES) >= 60


def test_account_names_are_taken_once(db):
    PersonFactory(username="zhangwei")
    PersonFactory(username="zhangwei2")

    assert new_username("张伟") == "zhangwei3"
    assert new_username("张维娜") == "zhangweina"
    assert new_username("·") == "user"
