from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from branches import actions
from branches.models import Organisation
from branches.permissions import ADMINISTRATORS
from common.dates import today


class Command(BaseCommand):
    help = "建立第一批管理员：新库里没有任何账号。打印一次性激活码，本人凭它自设密码。"

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=[*ADMINISTRATORS, "committee"])
        parser.add_argument("name", help="姓名")
        parser.add_argument(
            "--org", required=True, help="组织代码；还没有时与 --org-name 一起建立党委"
        )
        parser.add_argument("--org-name", default="")

    def handle(self, *args, **options):
        at = timezone.now()
        organisation = self.organisation(options, at)
        person = actions.add_person(
            organisation=organisation, starts_on=today(), by=None, at=at, name=options["name"]
        )
        term = {"kind": options["kind"], "organisation": organisation, "starts_on": today()}
        try:
            role = actions.grant_role(person, by=None, at=at, **term)
        except actions.RoleRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        code = actions.issue_code(person, by=None, at=at)
        self.stdout.write(f"{role.get_kind_display()} {person.name}，账号 {person.username}")
        self.stdout.write(f"激活码 {code}（七天内用一次），网址 /activate")

    def organisation(self, options, at):
        found = Organisation.objects.filter(code=options["org"]).first()
        if found:
            return found
        if not options["org_name"]:
            raise CommandError(f"没有代码为 {options['org']} 的组织；要新建请加 --org-name。")
        return actions.add_organisation(
            parent=None,
            by=None,
            at=at,
            name=options["org_name"],
            code=options["org"],
            kind=Organisation.Kind.COMMITTEE,
        )
