import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common import backup, postgres


class Command(BaseCommand):
    help = "备份数据库和上传文件到 DIR 下的新文件夹。互评私钥从不备份。"

    def add_arguments(self, parser):
        parser.add_argument("dir", metavar="DIR")
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")

    def handle(self, *args, **options):
        try:
            made = backup.make_backup(options["dir"], at=timezone.now())
        except (backup.BackupFailed, postgres.ToolFailed, OSError) as error:
            raise CommandError(f"没有备份成功：{error}") from error
        if options["json"]:
            self.stdout.write(json.dumps({"backup": str(made)}, ensure_ascii=False))
        else:
            self.stdout.write(f"已备份到 {made}。请用 restore_drill 核对，并复制到另一台机器。")
