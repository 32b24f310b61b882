import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaign_portal.sweep import sweep


class Command(BaseCommand):
    help = "做完一切到期未办的事：补发任务、产生职责、催办、到期结账。可随时重复执行。"

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")

    def handle(self, *args, **options):
        outcome = sweep(at=timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps(outcome, ensure_ascii=False, default=str))
        else:
            for name, result in outcome["done"].items():
                self.stdout.write(f"{name}：{result}")
        if outcome["failed"]:
            raise CommandError(f"有步骤失败：{'、'.join(outcome['failed'])}，详见日志。")
