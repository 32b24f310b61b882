import json

from django.core.management.base import BaseCommand, CommandError

from common import anchor, audit


class Command(BaseCommand):
    help = "核对审计链：每条与前一条相扣，末尾没有被截去。有问题时退出码为 1，并列出序号。"

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")

    def handle(self, *args, **options):
        broken, cut = audit.verify(), anchor.missing_tail()
        number, _digest = audit.head()
        if options["json"]:
            outcome = {"ok": not (broken or cut), "last": number, "broken": broken, "missing": cut}
            self.stdout.write(json.dumps(outcome, ensure_ascii=False))
        problems = []
        if broken:
            problems.append(f"被改动，或其前有记录被删：第 {_listed(broken)} 条")
        if cut:
            problems.append(f"曾经有、现在没有或不同：第 {_listed(cut)} 条")
        if problems:
            raise CommandError("；".join(problems) + "。请保留现场，联系审计管理员。")
        if not options["json"]:
            self.stdout.write(f"审计链完好，共 {number} 条。")


def _listed(numbers):
    shown = "、".join(str(number) for number in numbers[:50])
    return shown if len(numbers) <= 50 else f"{shown} 等 {len(numbers)}"
