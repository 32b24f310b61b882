import pytest

from tests.excel import corpus_layouts, corpus_odd, corpus_values
from tests.excel.good_files import FILES
from tests.excel.truth import read_sample


def test_there_are_enough():
    assert {file.__module__ for file in FILES.values()} == {
        corpus_layouts.__name__,
        corpus_odd.__name__,
        corpus_values.__name__,
    }
    assert len(FILES) >= 30


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_its_right_fate(name):
    file = FILES[name]()

    result = read_sample(file.data, known=file.known)

    assert [line for row in file.expected.items() for line in wrong(result, *row)] == []


def wrong(result, place, wanted):
    people = [row for row in result["people"] if (row["sheet"], row["row"]) == place]
    errors, warnings, skipped = (
        [row for row in result[key] if (row["sheet"], row["row"]) == place]
        for key in ("errors", "warnings", "skipped")
    )
    if wanted == "skip":
        good = skipped and not people and not errors
    elif wanted == "reject":
        good = errors and not people
    elif wanted == "flag":
        good = errors or warnings
    else:
        members = wanted if isinstance(wanted, list) else [wanted]
        good = len(people) == len(members) and all(
            person[key] == value
            for person, member in zip(people, members, strict=True)
            for key, value in member.items()
        )
    if not good:
        yield f"{place} {wanted}: {people} {errors} {warnings} {skipped} {result['file_errors']}"
