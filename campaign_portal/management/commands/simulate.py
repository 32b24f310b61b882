import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaign_portal.simulation.cast import CastRefused
from campaign_portal.simulation.play import simulate


class Command(BaseCommand):
    help = "用虚构的人把一个方案从头演一遍：有勤快的、拖拉的、缺席的、调动的、捣乱的；每期结算后核对不变量并给出摘要。"

    def add_arguments(self, parser):
        parser.add_argument("campaign", help="方案代号，如 guanyun-weather")
        parser.add_argument("--periods", type=int, default=4, metavar="N", help="演几期，默认 4")
        parser.add_argument(
            "--seed", type=int, default=1, metavar="S", help="随机种子：同一种子结果相同"
        )
        parser.add_argument("--members", type=int, metavar="M", help="多少人，默认与演示相同")

    def handle(self, *args, campaign, periods, seed, members, **options):
        if not settings.DEMO_ALLOWED:
            raise CommandError("正式环境不能模拟。")
        if not 1 <= periods <= 12:
            raise CommandError("--periods 应在 1 到 12 之间。")
        begun = time.monotonic()
        try:
            _, digest, broken = simulate(
                campaign, periods=periods, seed=seed, members=members, now=timezone.now(),
                tell=self.stdout.write,
            )  # fmt: skip
        except CastRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"摘要 {digest}")
        self.stderr.write(f"用时 {time.monotonic() - begun:.1f} 秒")
        if broken:
            raise CommandError(f"{len(broken)} 项不变量不成立，见上面的 ✗。")
