from branches.actions import issue_code
from common.downloads import XLSX
from tests.factories import PostFactory
from tests.factories.branches import moment
from tests.photos import photo_file
from tests.policy import (
    ABOVE,
    AUDIT_ADMIN,
    BRANCH,
    EVERYBODY,
    FAR,
    FAR_SECRETARY,
    IN_SCOPE,
    INSPECTOR,
    LEADER,
    MEMBERS,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SECURITY_ADMIN,
    SIBLING,
    SIGNED_IN,
    SYSTEM_ADMIN,
    Row,
    audience,
    organisations,
    people,
    windows,
)

TODAY = "2026-01-05"
KEEPERS = {
    "own": SECRETARY | RULERS,
    "sibling": SECRETARY2 | RULERS,
    "parent": RULERS,
    "foreign": FAR_SECRETARY,
}
READERS = {
    "own": MEMBERS | LEADER | INSPECTOR,
    "sibling": audience("neighbour") | LEADER | INSPECTOR,
    "parent": LEADER | INSPECTOR,
    "foreign": audience("stranger"),
}
# What only 党委 and office do; the secretary sees the object and is refused.
BY_RULERS = {"own": RULERS, "sibling": RULERS, "parent": RULERS}
NOT_RULERS = {
    "own": BRANCH | LEADER | INSPECTOR,
    "sibling": SIBLING | LEADER | INSPECTOR,
    "parent": LEADER | INSPECTOR,
    "foreign": FAR,
}


def only(mapping, *positions):
    return {position: mapping[position] for position in positions}


def person_data(world):
    return {"name": "新人", "political_status": "masses", "starts_on": TODAY}


def organisation_data(world):
    return {"name": "新支部", "code": "NEW-1", "kind": "branch"}


def posts(world):
    return {
        "own": {"pk": world.window.posts.get().pk},
        "sibling": {"pk": world.window2.posts.get().pk},
        "foreign": {
            "pk": PostFactory(
                person=world.stranger, organisation=world.far, window=world.far_window
            ).pk
        },
    }


def roles(world):
    return {
        "own": {"pk": world.secretary.roles.get().pk},
        "sibling": {"pk": world.secretary2.roles.get().pk},
        "parent": {"pk": world.leader.roles.get().pk},
        "foreign": {"pk": world.far_secretary.roles.get().pk},
    }


def consented(world):
    """A photo that its owner lets everybody see (own), and ones that nobody agreed to show."""
    for person, at in ((world.member2, moment()), (world.neighbour2, None), (world.stranger, None)):
        person.photo, person.photo_consented_at = "photos/test.jpg", at
        person.save()
    storage = world.member2.photo.storage
    if not storage.exists("photos/test.jpg"):
        storage.save("photos/test.jpg", photo_file())


OWN = [
    Row("branches:me", allowed=SIGNED_IN, marker="门户里记着您的这些资料"),
    Row(
        "branches:me_edit",
        allowed=SIGNED_IN,
        methods="GET POST",
        marker="修改我的资料",
        data=lambda world: {"motto": "为人民服务"},
    ),
    Row(
        "branches:photo_edit",
        allowed=SIGNED_IN,
        methods="GET POST",
        marker="上传照片",
        data=lambda world: {"photo": photo_file()},
        skip_fuzz="a form of two fields and a file: tests/branches/test_photo.py",
    ),
    Row("branches:photo_consent", allowed=SIGNED_IN, methods="POST", data=lambda world: {}),
    Row("branches:photo_withdraw", allowed=SIGNED_IN, methods="POST", data=lambda world: {}),
    Row(
        "branches:password_change",
        allowed=SIGNED_IN,
        methods="GET POST",
        marker="修改密码",
        data=lambda world: {
            "old_password": "Demo-2026",
            "new_password": "Long-Enough-77",
            "again": "Long-Enough-77",
        },
    ),
]

PEOPLE = [
    Row("branches:person_list", allowed=SIGNED_IN, marker="按姓名拼音排列"),
    Row(
        "branches:person_export",
        allowed=SIGNED_IN,
        content_type=XLSX,
        note="its GET leaves a line in the audit",
    ),
    Row(
        "branches:person_detail",
        objects=people,
        allowed=IN_SCOPE | {"parent": ABOVE},
        marker="组织关系",
    ),
    Row(
        "branches:private_reveal",
        objects=lambda world: {
            position: {**found, "field": "phone"} for position, found in people(world).items()
        },
        allowed=KEEPERS,
        forbidden=READERS,
        methods="GET POST",
        marker="会记入审计",
        data=lambda world: {"reason": "与本人核对"},
        post_status=200,
    ),
    Row(
        "branches:roster_export",
        allowed=SECRETARY | SECRETARY2 | ABOVE | FAR_SECRETARY,
        methods="GET POST",
        marker="默认打码",
        data=lambda world: {"organisation": world.north.pk},
        post_status=200,
        note="a branch out of one's scope is no choice of the form: tests/branches/test_private.py",
    ),
    Row(
        "branches:person_edit",
        objects=people,
        allowed=KEEPERS,
        forbidden=READERS,
        methods="GET POST",
        marker="修改人员资料",
        data=lambda world: {"name": "新名", "political_status": "member"},
    ),
    Row(
        "branches:person_transfer",
        objects=people,
        allowed=BY_RULERS,
        forbidden=NOT_RULERS,
        methods="GET POST",
        marker="转接组织关系",
        data=lambda world, position: {
            "organisation": (world.north if position == "sibling" else world.south).pk,
            "on": TODAY,
        },
    ),
    Row(
        "branches:person_leave",
        objects=people,
        allowed=KEEPERS,
        forbidden=READERS,
        methods="GET POST",
        marker="办理离开",
        data=lambda world: {"on": TODAY, "reason": "调出"},
    ),
    Row(
        "branches:photo",
        objects=lambda world: only(people(world), "own", "sibling", "foreign"),
        setup=consented,
        allowed={"own": EVERYBODY, "sibling": SIBLING | ABOVE, "foreign": FAR},
        content_type="image/jpeg",
    ),
]

ORGANISATIONS = [
    Row("branches:organisation_list", allowed=SIGNED_IN, marker="组织"),
    Row("branches:window_list", allowed=SIGNED_IN, marker="服务窗口"),
    Row("branches:organisation_detail", objects=organisations, allowed=IN_SCOPE, marker="书记"),
    Row(
        "branches:organisation_add",
        objects=organisations,
        allowed=BY_RULERS,
        forbidden=NOT_RULERS,
        methods="GET POST",
        marker="新设组织",
        data=organisation_data,
    ),
    Row(
        "branches:organisation_edit",
        objects=organisations,
        allowed=KEEPERS,
        forbidden=READERS,
        methods="GET POST",
        marker="修改组织",
        data=lambda world: {"name": "改了名的支部"},
    ),
    Row(
        "branches:organisation_move",
        objects=organisations,
        allowed=only(BY_RULERS, "own", "sibling"),
        forbidden=NOT_RULERS | {"parent": ABOVE},
        methods="GET POST",
        marker="移动组织",
        data=lambda world: {"parent": world.root.pk},
    ),
    Row(
        "branches:organisation_dissolve",
        objects=organisations,
        allowed=only(BY_RULERS, "own", "sibling"),
        forbidden=NOT_RULERS | {"parent": ABOVE},
        methods="GET POST",
        marker="撤销组织",
        data=lambda world: {"on": TODAY},
        post_status=200,
        note="refused while people are in it: the page says so",
    ),
    Row(
        "branches:person_add",
        objects=organisations,
        allowed=KEEPERS,
        forbidden=READERS,
        methods="GET POST",
        marker="新增人员",
        data=person_data,
    ),
    Row(
        "branches:window_add",
        objects=organisations,
        allowed=KEEPERS,
        forbidden=READERS,
        methods="GET POST",
        marker="新设窗口",
        data=lambda world: {"name": "新窗口"},
    ),
]

WINDOWS = [
    Row("branches:window_detail", objects=windows, allowed=IN_SCOPE, marker="值守人员"),
    Row(
        "branches:window_edit",
        objects=windows,
        allowed=KEEPERS,
        forbidden=READERS,
        methods="GET POST",
        marker="修改窗口",
        data=lambda world: {"name": "改名窗口"},
    ),
    Row(
        "branches:window_close",
        objects=windows,
        allowed=KEEPERS,
        forbidden=READERS,
        methods="GET POST",
        marker="撤销窗口",
        data=lambda world: {},
    ),
    Row(
        "branches:post_add",
        objects=windows,
        allowed=KEEPERS,
        forbidden=READERS,
        methods="GET POST",
        marker="安排值守人员",
        data=lambda world, position: {
            "person": {
                "own": world.member3,
                "sibling": world.neighbour3,
                "foreign": world.stranger,
            }[position].pk,
            "title": "受理岗",
            "starts_on": TODAY,
        },
    ),
    Row(
        "branches:post_end",
        objects=posts,
        allowed=KEEPERS,
        forbidden=READERS,
        methods="POST",
        data=lambda world: {},
    ),
]

# Accounts and roles have a scope of their own: administrators see them without seeing the branch.
ACCOUNT_KEEPERS = SECRETARY | SECRETARY2 | RULERS | SYSTEM_ADMIN | FAR_SECRETARY
GRANTERS = RULERS | SECURITY_ADMIN
NO_ACCOUNTS = SIGNED_IN - ACCOUNT_KEEPERS - SECURITY_ADMIN
NO_ROLES = SIGNED_IN - GRANTERS
EVERYWHERE = ("own", "sibling", "parent", "foreign", "missing")
ISSUERS = {
    "own": SECRETARY | RULERS | SYSTEM_ADMIN,
    "sibling": SECRETARY2 | RULERS | SYSTEM_ADMIN,
    "parent": RULERS | SYSTEM_ADMIN,
    "foreign": FAR_SECRETARY,
}
NOT_ISSUERS = dict.fromkeys(EVERYWHERE, NO_ACCOUNTS) | dict.fromkeys(
    ("own", "sibling", "parent"), NO_ACCOUNTS | SECURITY_ADMIN
)


def account_row(name, **changes):
    return Row(
        name,
        objects=people,
        allowed=ISSUERS,
        forbidden=NOT_ISSUERS,
        data=lambda world: {},
        **changes,
    )


ACCOUNTS = [
    Row(
        "branches:activate",
        allowed=EVERYBODY,
        methods="GET POST",
        marker="开通账号",
        post_status=200,
        data=lambda world: {
            "username": "member",
            "code": "WRONG",
            "new_password": "Long-Enough-77",
            "again": "Long-Enough-77",
        },
        note="a wrong code stays on the page",
    ),
    Row(
        "branches:account_list",
        allowed=ACCOUNT_KEEPERS | SECURITY_ADMIN,
        marker="签发激活单",
    ),
    account_row("branches:account_issue", methods="GET POST", marker="签发激活单", post_status=200),
    account_row("branches:account_disable", methods="POST"),
    account_row("branches:account_enable", methods="POST"),
    Row("branches:role_list", allowed=GRANTERS, marker="谁在哪里做什么"),
    Row(
        "branches:role_grant",
        objects=people,
        allowed=dict.fromkeys(("own", "sibling", "parent"), GRANTERS),
        forbidden=dict.fromkeys(EVERYWHERE, NO_ROLES),
        methods="GET POST",
        marker="授予角色",
        data=lambda world: {
            "kind": "inspector",
            "organisation": world.south.pk,
            "starts_on": TODAY,
        },
    ),
    Row(
        "branches:role_end",
        objects=roles,
        allowed=dict.fromkeys(("own", "sibling", "parent"), GRANTERS),
        forbidden=dict.fromkeys(EVERYWHERE, NO_ROLES),
        methods="GET POST",
        marker="免去角色",
        data=lambda world: {"reason": "任期届满"},
    ),
    Row(
        "branches:audit_list",
        allowed=AUDIT_ADMIN,
        marker="谁在什么时候做了什么",
        setup=lambda world: issue_code(world.member, by=None, at=moment()),
    ),
    Row("branches:privacy", allowed=EVERYBODY, marker="没有列出的，门户不存"),
]

ROWS = OWN + PEOPLE + ORGANISATIONS + WINDOWS + ACCOUNTS
