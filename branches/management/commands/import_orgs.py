import json
import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from branches.excel.importing import apply_organisations, preview_organisations
from branches.excel.organisations import OrganisationList
from branches.management.commands.import_people import summary
from common.dates import today
from common.excel.workbook import UnreadableWorkbook


class Command(BaseCommand):
    help = "导入党组织名录（默认只检查，不写入）。"

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--apply", action="store_true", help="写入数据库")
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")

    def handle(self, *, file, **options):
        applied = False
        try:
            listing = preview_organisations(file, today=today())
        except UnreadableWorkbook as error:
            listing = OrganisationList("", file_errors=[str(error)])
        if options["apply"] and listing.ok:
            apply_organisations(listing, by=None, at=timezone.now())
            applied = True
        answer = listing.as_json(applied=applied)
        self.stdout.write(
            json.dumps(answer, ensure_ascii=False) if options["json"] else summary(answer)
        )
        if not listing.ok:
            sys.exit(1)
