import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaigns.models import Period
from supervision.actions.closing import ClosingRefused, close_period


class Command(BaseCommand):
    help = "结算一个周期，和看板上的按钮做同样的事；已结算的不会再算一遍。"

    def add_arguments(self, parser):
        parser.add_argument("campaign", help="活动代号，如 guanyun-weather")
        parser.add_argument("period", help="周期代号，如 2026-Q3")
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")

    def handle(self, *args, campaign, period, **options):
        found = Period.objects.filter(campaign__slug=campaign, key=period).first()
        if found is None:
            raise CommandError(f"没有活动“{campaign}”的周期“{period}”。{_known(campaign)}")
        try:
            closing = close_period(found, by=None, at=timezone.now())
        except ClosingRefused as refused:
            raise CommandError(str(refused)) from refused
        figures = {"version": closing.version, "digest": closing.digest, **closing.figures}
        if options["json"]:
            self.stdout.write(json.dumps({"ok": True, **figures}, ensure_ascii=False))
            return
        cards = sum(closing.figures.values())
        self.stdout.write(f"{found}：第 {closing.version} 版，{cards} 张得分卡。")


def _known(campaign):
    keys = Period.objects.filter(campaign__slug=campaign).order_by("starts_on")
    listed = "、".join(keys.values_list("key", flat=True))
    return f"这个活动有：{listed}。" if listed else "没有这个代号的活动。"
