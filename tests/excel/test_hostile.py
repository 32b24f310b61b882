import json
import re
import subprocess
import sys
import time

import pytest

from common.excel.reading import ROOT, read_workbook
from tests.excel import corpus_bombs, corpus_broken
from tests.excel.hostile_files import BRANCH, FILES, HARMLESS
from tests.excel.truth import read_sample


def test_there_are_enough():
    assert corpus_broken.MAGICS.keys() <= FILES.keys()
    assert len(FILES) >= 60


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_one_sentence(name, tmp_path):
    file = tmp_path / name
    file.write_bytes(FILES[name]())

    cost = measured(file)
    messages = [cost["refusal"]]
    if not cost["refusal"]:
        result = read_sample(file, known=[BRANCH])
        assert (result["people"], result["ok"]) == ([], False)
        messages = [error["message"] for error in result["file_errors"]]

    assert len(messages) == 1
    assert re.search(r"[一-鿿]{4}", messages[0])
    assert cost["seconds"] < 5
    assert cost["child_megabytes"] < 250
    assert cost["own_megabytes"] < 250


def measured(file):
    command = [sys.executable, "-m", "tests.excel.measure", str(file)]
    return json.loads(subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout)


@pytest.mark.parametrize("name", HARMLESS)
def test_harm_in_a_part_that_is_not_needed_does_not_keep_the_people_out(name):
    started = time.monotonic()

    result = read_sample(HARMLESS[name](), known=[BRANCH])

    assert [person["name"] for person in result["people"]] == ["许澜"]
    assert result["file_errors"] == []
    assert time.monotonic() - started < 5


def test_what_is_left_out_is_told():
    link = read_workbook(corpus_bombs.external_link())
    corner = read_workbook(corpus_bombs.one_cell_in_the_last_corner())

    assert link.notices == ["文件含有指向其他工作簿的链接，没有打开，只用表内已保存的值。"]
    assert corner.notices == ["第 256 列以后还有 1 个单元格，已忽略。"]
