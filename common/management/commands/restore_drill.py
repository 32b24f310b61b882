import json

from django.core.management.base import BaseCommand, CommandError

from common import backup, postgres


class Command(BaseCommand):
    help = "把 DIR 里最新的备份恢复到临时的地方，核对行数、审计链和文件；正式库不受影响。"

    def add_arguments(self, parser):
        parser.add_argument("dir", metavar="DIR")
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")

    def handle(self, *args, **options):
        try:
            found = backup.drill(options["dir"])
        except (backup.BackupFailed, postgres.ToolFailed, OSError) as error:
            raise CommandError(f"恢复演练没有通过：{error}") from error
        if options["json"]:
            self.stdout.write(json.dumps({"ok": True, **found}, ensure_ascii=False))
        else:
            self.stdout.write(
                f"恢复演练通过：{found['rows']} 行、{found['uploads']} 个文件、审计链 {found['audit']} 条。"
            )
