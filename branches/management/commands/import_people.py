import json
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from branches.excel.importing import apply_roster, preview_roster
from branches.excel.outcome import Roster
from branches.models import Organisation
from common.dates import today
from common.excel.workbook import UnreadableWorkbook


class Command(BaseCommand):
    help = "导入党员名册（默认只检查，不写入）。"

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--org", default="", help="组织代码：只导入该组织及其下级")
        parser.add_argument("--apply", action="store_true", help="写入数据库")
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")

    def handle(self, *, file, org, **options):
        scope = scope_of(org)
        applied = False
        try:
            roster = preview_roster(file, scope=scope, today=today())
        except UnreadableWorkbook as error:
            roster = Roster("", file_errors=[str(error)])
        if options["apply"] and roster.ok:
            apply_roster(roster, scope=scope, by=None, at=timezone.now())
            applied = True
        answer = roster.as_json(applied=applied)
        self.stdout.write(
            json.dumps(answer, ensure_ascii=False) if options["json"] else summary(answer)
        )
        if not roster.ok:
            sys.exit(1)


def scope_of(code):
    if not code:
        return None
    scope = Organisation.objects.filter(code=code).first()
    if scope is None:
        raise CommandError(f"没有代码为 {code} 的组织。")
    return scope


def summary(answer):
    """The answer for a person at the terminal."""
    lines = [error["message"] for error in answer["file_errors"]]
    for kind, label in (("errors", "错误"), ("warnings", "提示")):
        for problem in answer[kind]:
            place = "".join(
                (
                    f"工作表“{problem['sheet']}”" if problem["sheet"] else "",
                    f"第 {problem['row']} 行" if problem["row"] else "",
                    f" {problem['column']} 列" if problem["column"] else "",
                )
            )
            lines.append(f"{label} {place}：{problem['message']}")
    done = "已导入" if answer["applied"] else "可导入"
    listed = answer.get("people", answer.get("organisations", []))
    counts = f"{len(answer['errors'])} 个错误，跳过 {len(answer['skipped'])} 行"
    lines.append(f"{done} {len(listed)} 条，{counts}。")
    return "\n".join(lines)
