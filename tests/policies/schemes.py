"""Policy rows of plans and the workshop; see tests/policy.py."""

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.actions.scheme_text import as_yaml
from campaigns.models import SchemeDraft
from tests.factories import CampaignFactory
from tests.factories.document import plan
from tests.factories.drafts import SchemeDraftFactory
from tests.policies.campaigns import AT_HOME
from tests.policy import FAR, RULERS, SIGNED_IN, Row


def versions(world):
    foreign = CampaignFactory(slug="foreign", organisation=world.foreign)
    return {
        "own": {"pk": world.campaign.scheme_version_id},
        "foreign": {"pk": foreign.scheme_version_id},
    }


def drafts(**more):
    """Position -> URL arguments of a draft of the county, and of one of the other tree."""

    def found(world):
        return {
            position: {"pk": SchemeDraftFactory(organisation=organisation).pk, **more}
            for position, organisation in [("own", world.root), ("foreign", world.foreign)]
        }

    return found


def basics(world):
    """The fields of 基本信息 as somebody might fill them in."""
    slug = SchemeDraft.objects.order_by("pk").first().slug
    return {
        "revision": 1,
        "slug": slug,
        "name": "改过的方案",
        "short_name": "两亮一评",
        "participants": ["members", "windows", "branches"],
        "periods-kind": "quarter",
        "periods-close_after_working_days": "5",
    }


def family(world):
    return {"revision": 1, "name": "两亮", "role": "show"}


def draft_text(world):
    document = SchemeDraft.objects.order_by("pk").first().plan
    return {"revision": 1, "text": as_yaml(document)}


def new_scheme(world):
    return {
        "name": "全新方案",
        "short_name": "新",
        "slug": "brand-new",
        "organisation": world.root.pk,
    }


def scheme_file(world):
    text = yaml.safe_dump(plan(), allow_unicode=True)
    return {"file": SimpleUploadedFile("plan.yaml", text.encode())}


ROWS = [
    Row(
        "campaigns:scheme_detail",
        objects=versions,
        allowed={"own": AT_HOME, "foreign": FAR | RULERS},
        marker="测试活动方案",
    ),
    Row(
        "campaigns:scheme_download",
        objects=versions,
        allowed={"own": AT_HOME, "foreign": FAR | RULERS},
        content_type="application/yaml",
    ),
    Row(
        "campaigns:scheme_load",
        methods="GET POST",
        allowed=RULERS,
        marker="上传方案",
        data=scheme_file,
        skip_fuzz="its one field is a file, which can be read only once",
    ),
    Row("campaigns:scheme_list", allowed=SIGNED_IN, marker="方案工坊"),
    Row(
        "campaigns:scheme_new",
        methods="GET POST",
        allowed=RULERS,
        marker="开始编写",
        data=new_scheme,
    ),
    Row(
        "campaigns:scheme_edit",
        methods="POST",
        objects=versions,
        allowed={"own": RULERS},
        forbidden={"own": AT_HOME - RULERS, "foreign": FAR | RULERS},
    ),
    Row("campaigns:draft_detail", objects=drafts(), allowed={"own": RULERS}, marker="现在的样子"),
    Row(
        "campaigns:draft_download",
        objects=drafts(),
        allowed={"own": RULERS},
        content_type="application/yaml",
    ),
    Row("campaigns:draft_check", objects=drafts(), allowed={"own": RULERS}, marker="检查"),
    Row("campaigns:draft_preview", objects=drafts(), allowed={"own": RULERS}, marker="分钟"),
    Row(
        "campaigns:draft_text",
        methods="GET POST",
        objects=drafts(),
        allowed={"own": RULERS},
        marker="原文",
        data=draft_text,
    ),
    Row(
        "campaigns:draft_publish",
        methods="GET POST",
        objects=drafts(),
        allowed={"own": RULERS},
        marker="发布",
        data=lambda world: {"revision": 1},
    ),
    Row("campaigns:draft_delete", methods="POST", objects=drafts(), allowed={"own": RULERS}),
    Row(
        "campaigns:draft_section",
        methods="GET POST",
        objects=drafts(key="basics"),
        allowed={"own": RULERS},
        marker="基本信息",
        data=basics,
    ),
    Row(
        "campaigns:draft_part",
        methods="GET POST",
        objects=drafts(place="families/0"),
        allowed={"own": RULERS},
        marker="两亮",
        data=family,
    ),
    Row(
        "campaigns:draft_node",
        methods="GET POST",
        objects=drafts(place="recipes/0/formula/score"),
        allowed={"own": RULERS},
        marker="套一层",
        data=lambda world: {"revision": 1, "do": "wrap:veto"},
    ),
    Row(
        "campaigns:draft_move",
        methods="POST",
        objects=drafts(place="families/0"),
        allowed={"own": RULERS},
        data=lambda world: {"revision": 1, "to": "down"},
    ),
    Row(
        "campaigns:draft_remove",
        methods="GET POST",
        objects=drafts(place="families/0"),
        allowed={"own": RULERS},
        marker="删去这一项",
        data=lambda world: {"revision": 1},
    ),
]
