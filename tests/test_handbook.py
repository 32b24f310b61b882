"""README's “Where is…”, the glossary and the manual say what is there (issue 9, point 6)."""

import re
from itertools import product
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.urls import get_resolver

from tests.test_policy import url_names

BASE = Path(settings.BASE_DIR)
OURS = {"branches", "campaigns", "pledges", "evaluations", "competitions", "supervision", "common"}
PLAIN = {"own", "for", "of", "to", "by"}


def read(name):
    return (BASE / name).read_text()


def where_is():
    """The words in backquotes of README's table that look like a path."""
    table = read("README.md").partition("## Where is…")[2].partition("\n## ")[0]
    for row in re.findall(r"^\| .*", table, re.MULTILINE):
        for quoted in re.findall(r"`([^`]+)`", row.partition(" | ")[2]):
            if "/" in quoted and " " not in quoted:
                yield quoted
        yield from re.findall(r"\]\((?!http)([^)#]+)", row)


def unfolded(path):
    """`a/{b,c}.py` is two paths, also twice in one."""
    parts = [part.split(",") for part in re.split(r"[{}]", path)]
    folded = [part if number % 2 else [",".join(part)] for number, part in enumerate(parts)]
    return ["".join(chosen) for chosen in product(*folded)]


def stands(path):
    """A file, a folder, a pattern, or a module without its ending."""
    path = path.rstrip("/")
    return any(BASE.glob(path)) or any(BASE.glob(f"{path}.py"))


def test_readme_names_what_exists():
    missing = [one for path in where_is() for one in unfolded(path) if not stands(one)]

    assert missing == []


def test_readme_names_commands_that_exist():
    commands = set(re.findall(r"manage\.py (\w+)", read("README.md")))
    known = {path.stem for path in BASE.glob("*/management/commands/*.py")}

    assert commands - known - {"runserver", "migrate"} == set()


def words_of(name):
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def test_glossary_has_every_model():
    glossary = read("docs/glossary.md").lower()
    models = [
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in OURS and not model.__name__.startswith("Historical")
    ]

    def told(name):
        return name.lower() in glossary or words_of(name) in glossary

    assert [name for name in models if not told(name)] == []


def test_glossary_has_every_word_of_a_page_name():
    told = set(re.findall(r"[a-z]+", read("docs/glossary.md").lower()))
    told |= {f"{word}s" for word in told} | {word.removesuffix("s") for word in told}
    words = {word for name in url_names() for word in name.partition(":")[2].split("_")}

    assert words - told - PLAIN - {""} == set()
    assert get_resolver().url_patterns  # the names above come from here


def test_manual_shows_only_pictures_that_are_taken():
    shots = read("tools/screenshots.py")
    shown = set(re.findall(r"images/([^\"')]+)\.png", read("docs/手册.md")))

    assert {name for name in shown if f'"{name}"' not in shots} == set()


def test_manual_has_a_section_for_every_role():
    headings = " ".join(re.findall(r"^## (.*)", read("docs/手册.md"), re.MULTILINE))

    for role in (
        "党员",
        "书记",
        "领导",
        "党委",
        "办公室",
        "督查员",
        "群众",
        "系统管理员",
        "simulate",
    ):
        assert role in headings, role
