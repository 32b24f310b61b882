from django.core.management.base import BaseCommand
from django.utils import timezone

from branches.actions.leavers import leavers_due, purge_leaver
from common.dates import today
from common.personal import LEAVERS_KEPT_YEARS


class Command(BaseCommand):
    help = (
        f"清除离开满 {LEAVERS_KEPT_YEARS} 年的人的资料（姓名和历史结果保留），逐人留痕。"
        "可随时中断、重复执行。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="只列出，不清除")

    def handle(self, *args, **options):
        due = list(leavers_due(today=today()).values_list("pk", "username"))
        if options["dry_run"]:
            for pk, username in due:
                self.stdout.write(f"{pk} {username}")
            self.stdout.write(f"到期 {len(due)} 人，没有清除任何内容。")
            return
        done = sum(
            purge_leaver(pk, today=today(), by=None, at=timezone.now()) for pk, _username in due
        )
        self.stdout.write(f"已清除 {done} 人的资料。")
