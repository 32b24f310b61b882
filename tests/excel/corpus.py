"""Writes the whole corpus to a folder, to be looked at or sent to another program:
`python -m tests.excel.corpus FOLDER`."""

import sys
from pathlib import Path

from tests.excel import corpus_bombs, corpus_broken, corpus_layouts, corpus_odd, corpus_values
from tests.excel.good_files import FILES
from tests.excel.hostile_files import FILES as HOSTILE
from tests.excel.hostile_files import HARMLESS

MODULES = (
    corpus_bombs,
    corpus_broken,
    corpus_layouts,
    corpus_odd,
    corpus_values,
)  # importing them fills FILES


def write_all(folder):
    for name, make in FILES.items():
        (folder / f"good_{name}").write_bytes(make().data)
    for name, make in {**HOSTILE, **HARMLESS}.items():
        (folder / f"hostile_{name}").write_bytes(make())


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
