"""Spreadsheets in and out: 10,000 people imported, 100,000 rows exported, each in a process of its own
(a peak begins with the size of the process that started it)."""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import server_cpu

BASE = Path(__file__).resolve().parent.parent
PEOPLE, ROWS, ROUNDS = 10_000, 100_000, 5
HEADING = [
    "姓名", "公民身份号码", "性别", "民族", "出生日期", "学历", "人员类别", "加入党组织日期",
    "转为正式党员日期", "所属党支部", "党内职务", "手机号",
]  # fmt: skip
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉红玉兰建国"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
BRANCHES = 100


def run(postmaster, *, rounds=ROUNDS):
    """Floors and product in turn; ratios of CPU (children and PostgreSQL included), peaks in MB."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-excel-") as folder:
        roster = Path(folder) / "roster.xlsx"
        write_roster(roster)
        asked = {
            "read_floor": [str(roster)],
            "import_people": [str(roster)],
            "write_floor": [folder],
            "export_rows": [folder],
        }
        taken = {name: [] for name in asked}
        for _ in range(rounds):
            for name, arguments in asked.items():
                before = server_cpu(postmaster)
                cost = _measured(name, arguments)
                cost["cpu"] += server_cpu(postmaster) - before
                taken[name].append(cost)
    lines = {name: _line(samples) for name, samples in taken.items()}
    lines["import_ratio"] = _ratio(lines, "import_people", "read_floor")
    lines["export_ratio"] = _ratio(lines, "export_rows", "write_floor")
    grown = lines["export_rows"]["peak_mb"] - lines["export_rows"]["started_mb"]
    lines["export_grew_mb"] = round(grown)
    return lines


def _measured(name, arguments):
    """What `python -m benchmarks.excel_worker NAME …` says it cost."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.excel_worker", name, *arguments],
        cwd=BASE,
        env=os.environ.copy(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def _line(samples):
    cpu = [sample["cpu"] for sample in samples]
    return {
        "cpu_s": round(statistics.median(cpu), 2),
        "cpu_spread_s": [round(min(cpu), 2), round(max(cpu), 2)],
        "wall_s": round(statistics.median(sample["wall"] for sample in samples), 2),
        "peak_mb": max(sample["peak_mb"] for sample in samples),
        "started_mb": min(sample["started_mb"] for sample in samples),
        "sql": max(sample.get("sql", 0) for sample in samples),
        "rounds": len(samples),
    }


def _ratio(lines, product, floor):
    return round(lines[product]["cpu_s"] / lines[floor]["cpu_s"], 2)


def write_roster(path):
    """A clean roster: what a big office brings on the first afternoon."""
    from common.excel.writing import write_workbook  # noqa: PLC0415 (the settings are read by then)

    with open(path, "wb") as out:
        write_workbook(out, HEADING, (_row(n) for n in range(PEOPLE)), sheet_name="名册")


def _row(n):
    dice = random.Random(n)
    year = 1950 + n % 50
    birth = f"{year}{n // 50 % 12 + 1:02}{n // 600 % 28 + 1:02}"
    first = f"999999{birth}{n % 999 + 1:03}"
    digit = "10X98765432"[sum(int(d) * w for d, w in zip(first, WEIGHTS, strict=True)) % 11]
    return [
        dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN),
        first + digit,
        "男" if (n % 999 + 1) % 2 else "女",
        "汉族",
        f"{birth[:4]}-{birth[4:6]}-{birth[6:]}",
        "大学本科",
        "正式党员",
        f"{year + 20}-07-01",
        f"{year + 21}-07-01",
        f"导入第{n % BRANCHES}党支部",
        "",
        f"139{n:08}",
    ]
