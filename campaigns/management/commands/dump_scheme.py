from django.core.management.base import BaseCommand, CommandError

from campaigns.actions.schemes import dump_scheme
from campaigns.models import SchemeVersion


class Command(BaseCommand):
    help = "把方案写成 YAML（默认最新版本），可以再用 load_scheme 读入。"

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--version-number", type=int, help="第几版")

    def handle(self, *args, slug, version_number, **options):
        versions = SchemeVersion.objects.filter(scheme__slug=slug).order_by("-number")
        if version_number is not None:
            versions = versions.filter(number=version_number)
        version = versions.first()
        if version is None:
            raise CommandError(f"没有方案“{slug}”，或没有这一版")
        self.stdout.write(dump_scheme(version), ending="")
