import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaign_portal.demo.build import build_demo
from campaign_portal.demo.load import build_load


class Command(BaseCommand):
    help = "建立演示数据：四个活动，各有两个已结算季度和一个进行中的季度。可重复执行，已有的不动。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--members", type=int, metavar="N", help="只建压力测试活动 load，共 N 人"
        )

    def handle(self, *args, members, verbosity, **options):
        if not settings.DEMO_ALLOWED:
            raise CommandError("正式环境不能建立演示数据。")
        if members is not None and members < 1:
            raise CommandError("--members 应为 1 以上的整数。")
        begun = time.monotonic()

        def tell(text):
            if verbosity:
                self.stdout.write(f"  {text}（{time.monotonic() - begun:.1f} 秒）")

        if members is None:
            build_demo(now=timezone.now(), tell=tell)
            return
        campaign = build_load(members, now=timezone.now())
        tell(f"{campaign.name}：完成" if campaign else "load：已有，跳过")
