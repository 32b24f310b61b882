import json
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from campaigns.actions.schemes import load_scheme
from campaigns.forms.scheme_yaml import SchemeFileError, SchemeProblem, read_scheme


class Command(BaseCommand):
    help = "读入一份活动方案（YAML）；有任何问题就整份拒绝，什么也不保存。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")

    def handle(self, *args, file, **options):
        try:
            version = load_scheme(read_scheme(_content(file)), by=None, at=timezone.now())
        except SchemeFileError as error:
            self._refuse(file, error.problems, as_json=options["json"])
        self._report(version, as_json=options["json"])

    def _refuse(self, file, problems, *, as_json):
        if as_json:
            found = [
                {"line": found.line, "path": found.path, "reason": found.reason}
                for found in problems
            ]
            self.stdout.write(_json({"ok": False, "file": str(file), "problems": found}))
        else:
            self.stderr.write(f"{file}：方案有 {len(problems)} 处问题，未保存任何内容")
            for problem in problems:
                self.stderr.write(f"  {problem}")
        raise SystemExit(1)

    def _report(self, version, *, as_json):
        plan = version.plan
        waiting = [item.name for item in plan.not_built()]
        if as_json:
            answer = {"ok": True, "slug": plan.slug, "version": version.number}
            answer |= {"name": plan.name, "not_enabled": waiting}
            self.stdout.write(_json(answer))
            return
        self.stdout.write(f"{plan.name}：第 {version.number} 版")
        if waiting:
            self.stdout.write(f"本版本尚未启用的项目（{len(waiting)}）：{'、'.join(waiting)}")


def _content(file):
    try:
        return file.read_bytes()
    except OSError as error:
        reason = f"读不到文件：{error.strerror}"
        raise SchemeFileError([SchemeProblem(1, "", reason)]) from None


def _json(answer):
    return json.dumps(answer, ensure_ascii=False)
