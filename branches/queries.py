"""Reads across organisations, people, windows and roles."""

from collections import Counter

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.shortcuts import get_object_or_404

from branches.models import (
    ActivationCode,
    Affiliation,
    CorrectionRequest,
    Organisation,
    Person,
    Post,
    Role,
    Window,
    mask_id_number,
    open_id_number,
    scope_paths,
    under,
)
from branches.models.scope import SEEING_ROLES
from branches.permissions import KEEPERS, RULERS
from common import own_data
from common.dates import add_months
from common.own_data import written


def organisation_of(person, *, today):
    """Where the person belongs on the day; None after he left."""
    current = person.affiliations.current(today=today).select_related("organisation").first()
    return current.organisation if current else None


def with_belonging(people, *, today):
    """People with `belonging` (a list of at most one affiliation, with its organisation)."""
    current = Affiliation.objects.current(today=today).select_related("organisation")
    return people.prefetch_related(Prefetch("affiliations", current, to_attr="belonging"))


def roster(viewer, *, today):
    """Everybody the viewer may see, by name, with belonging, roles and posts for a list."""
    people = Person.objects.visible_to(viewer).order_by("name_pinyin", "pk")
    roles = Role.objects.current(today=today).select_related("organisation")
    posts = Post.objects.current(today=today).select_related("window")
    return with_belonging(people, today=today).prefetch_related(
        Prefetch("roles", roles, to_attr="current_roles"),
        Prefetch("posts", posts, to_attr="current_posts"),
    )


def party_roster(viewer, organisation, *, today):
    """党员 of the organisation and below whom the viewer may see, in the order of the tree."""
    statuses = [Affiliation.Status.MEMBER, Affiliation.Status.PROBATIONARY]
    here = Affiliation.objects.current(today=today).filter(
        organisation__path__startswith=organisation.path, status__in=statuses
    )
    people = Person.objects.visible_to(viewer).filter(pk__in=here.values("person"))
    place = here.filter(person=OuterRef("pk")).values("organisation__path")[:1]
    return with_belonging(people, today=today).order_by(Subquery(place), "name_pinyin", "pk")


def members_of(organisation, *, today):
    """People who belong to this very organisation or below it, by name."""
    people = Person.objects.in_organisation(organisation, today=today)
    roles = Role.objects.current(today=today).select_related("organisation")
    posts = Post.objects.current(today=today).select_related("window")
    return (
        with_belonging(people, today=today)
        .prefetch_related(
            Prefetch("roles", roles, to_attr="current_roles"),
            Prefetch("posts", posts, to_attr="current_posts"),
        )
        .order_by("name_pinyin", "pk")
    )


def accounts_under(viewer, *, today):
    """People whose accounts or roles the viewer looks after; wider than the roster for administrators."""
    kinds = (*KEEPERS, "system_admin", "security_admin")
    affiliated = Affiliation.objects.current(today=today).filter(
        under(scope_paths(viewer, *kinds), "organisation__path")
    )
    people = Person.objects.filter(pk__in=affiliated.values("person"))
    roles = Role.objects.current(today=today).select_related("organisation")
    waiting = ActivationCode.objects.filter(person=OuterRef("pk"))
    return (
        with_belonging(people, today=today)
        .annotate(has_code=Exists(waiting))
        .prefetch_related(Prefetch("roles", roles, to_attr="current_roles"))
        .order_by("name_pinyin", "pk")
    )


def people_under(viewer, *, today):
    """Active people of the organisations whose roster the viewer keeps, by name."""
    here = Affiliation.objects.current(today=today).filter(
        under(scope_paths(viewer, *KEEPERS), "organisation__path")
    )
    people = Person.objects.filter(pk__in=here.values("person"), is_active=True)
    return people.order_by("name_pinyin", "pk")


def organisations_with_accounts(viewer):
    """Where the viewer may hand out slips."""
    paths = scope_paths(viewer, *KEEPERS, "system_admin")
    return Organisation.objects.active().filter(under(paths))


def never_activated(viewer, organisation, *, today):
    """People below the organisation whose account nobody has opened yet, by branch and name."""
    below = Affiliation.objects.current(today=today).filter(
        organisation__path__startswith=organisation.path
    )
    return (
        accounts_under(viewer, today=today)
        .filter(
            pk__in=below.values("person"),
            is_active=True,
            password__startswith=UNUSABLE_PASSWORD_PREFIX,
        )
        .order_by("name_pinyin", "pk")
    )


def probationers_kept_by(viewer, *, today):
    """Probationary members whose roster the viewer keeps; who joined first comes first."""
    kept = Affiliation.objects.current(today=today).filter(
        under(scope_paths(viewer, *KEEPERS), "organisation__path")
    )
    people = Person.objects.filter(
        pk__in=kept.values("person"), political_status=Person.Political.PROBATIONARY
    )
    return with_belonging(people, today=today).order_by(F("joined_on").asc(nulls_last=True), "pk")


def probation_ends_on(person):
    """A year after joining; None while the day is not known."""
    return person.joined_on and add_months(person.joined_on.replace(day=1), 12).replace(
        day=min(person.joined_on.day, 28)
    )


def ancestors_of(organisation):
    """From the root down to the parent."""
    step = Organisation.steplen
    above = [organisation.path[:end] for end in range(step, len(organisation.path), step)]
    return Organisation.objects.filter(path__in=above)


def secretaries_of(organisation, *, today):
    roles = Role.objects.current(today=today).filter(
        organisation=organisation, kind=Role.Kind.SECRETARY
    )
    return roles.select_related("person")


def tree_for(viewer, *, today):
    """Visible organisations in the tree's order, each with `level`, `headcount` and `window_count`."""
    nodes = list(Organisation.objects.visible_to(viewer).active().select_related("unit_type"))
    people = _counted(Affiliation.objects.current(today=today), nodes)
    windows = _counted(Window.objects.open(), nodes)
    top = min((node.depth for node in nodes), default=1)
    for node in nodes:
        node.level = node.depth - top
        node.headcount = _below(people, node)
        node.window_count = _below(windows, node)
    return nodes


def _counted(rows, nodes):
    return Counter(rows.filter(organisation__in=nodes).values_list("organisation__path", flat=True))


def _below(counter, node):
    return sum(count for path, count in counter.items() if path.startswith(node.path))


def organisations_ruled_by(person):
    """Where a ruler may move people and organisations to."""
    return Organisation.objects.active().filter(under(scope_paths(person, *RULERS)))


def organisations_seen_by_role(person):
    """Where a role lets the person look into everything: branches, and what is above them."""
    return Organisation.objects.active().filter(under(scope_paths(person, *SEEING_ROLES)))


def organisations_kept_by(person):
    return Organisation.objects.active().filter(under(scope_paths(person, *KEEPERS)))


def roles_under(viewer, *, today):
    """Grants in the viewer's scope, whoever holds them, the present ones first."""
    scopes = under(scope_paths(viewer, *RULERS, "security_admin"), "organisation__path")
    roles = Role.objects.filter(scopes).select_related("person", "organisation", "granted_by")
    return roles.filter(Q(ends_on=None) | Q(ends_on__gte=today)).order_by(
        "organisation__path", "kind", "person__name_pinyin", "pk"
    )


def posts_at(window, *, today):
    posts = Post.objects.current(today=today).filter(window=window)
    return posts.select_related("person", "cover").order_by("person__name_pinyin", "pk")


def windows_inside(organisation, *, today):
    """Open windows of the organisation and below, each with `current_posts`."""
    posts = Post.objects.current(today=today).select_related("person")
    windows = Window.objects.open().filter(organisation__path__startswith=organisation.path)
    return windows.prefetch_related(Prefetch("posts", posts, to_attr="current_posts")).order_by(
        "organisation__path", "number", "name"
    )


def windows_seen_by(viewer, *, today):
    """Open windows in the tree's order, each with its organisation and `current_posts`."""
    posts = Post.objects.current(today=today).select_related("person").order_by("pk")
    windows = Window.objects.visible_to(viewer).open().select_related("organisation")
    return windows.prefetch_related(Prefetch("posts", posts, to_attr="current_posts")).order_by(
        "organisation__path", "number", "name"
    )


def photo_is_open():
    """Q: the person agreed to the photo being public and is still with us."""
    return Q(photo_consented_at__isnull=False, is_active=True)


DEMO_ROLES = {
    "member": "党员",
    "member2": "党员（二）",
    "secretary": "支部书记",
    "leader": "领导",
    "committee": "党委",
    "inspector": "督查员",
}


def demo_accounts():
    """For the sign-in page of a local demonstration: accounts named <role>.<slug>, by slug."""
    names = Person.objects.filter(
        is_active=True, username__regex=rf"^({'|'.join(DEMO_ROLES)})\.[a-z0-9-]+$"
    ).values_list("username", flat=True)
    groups = {}
    for name in sorted(names, key=lambda name: list(DEMO_ROLES).index(name.split(".", 1)[0])):
        role, slug = name.split(".", 1)
        groups.setdefault(slug, []).append({"username": name, "label": DEMO_ROLES[role]})
    return [{"campaign": slug, "accounts": groups[slug]} for slug in sorted(groups)]


def corrections_for(viewer):
    """What others ask to have put right, the waiting ones first."""
    asked = CorrectionRequest.objects.visible_to(viewer).exclude(person=viewer)
    waiting_first = F("answered_at").asc(nulls_first=True)
    return asked.select_related("person", "answered_by").order_by(waiting_first, "-asked_at")


OWN_FIELDS = (
    "username", "name", "work_no", "gender", "ethnicity", "education", "political_status", "birth_on",
    "joined_on", "regular_on", "party_position", "phone", "email", "motto", "photo_consented_at",
    "is_active", "last_login", "password_changed_at", "created_at",
)  # fmt: skip
PRECISE = {
    "birth_on": "birth_precision",
    "joined_on": "joined_precision",
    "regular_on": "regular_precision",
}
LENGTHS = {"year": 4, "month": 7}


# title -> (related rows, what orders them, what else to fetch, heading -> attribute)
OWN_LISTS = {
    "组织关系": ("affiliations", "starts_on", ("organisation",), {
        "组织": "organisation", "身份": "get_status_display", "起": "starts_on", "止": "ends_on",
    }),
    "岗位": ("posts", "starts_on", ("organisation", "window"), {
        "组织": "organisation", "窗口": "window", "岗位": "title", "职责": "duties", "起": "starts_on",
        "止": "ends_on",
    }),
    "角色": ("roles", "starts_on", ("organisation",), {
        "角色": "get_kind_display", "管到哪里": "organisation", "职务": "title", "起": "starts_on",
        "止": "ends_on",
    }),
    "消息": ("notices", "-created_at", (), {
        "标题": "title", "内容": "body", "时间": "created_at", "已读时间": "read_at",
    }),
    "更正申请": ("corrections", "asked_at", (), {
        "哪一项": "get_about_display", "应当是": "wanted", "提出时间": "asked_at", "答复": "answer",
    }),
}  # fmt: skip


def own_sections(person, *, masked):
    """Everything the portal keeps about a person: [{title, columns, rows}], values as texts."""
    facts = {"title": "基本资料", "columns": ["项目", "内容"], "rows": _own_facts(person, masked)}
    lists = []
    for title, (name, order, fetched, columns) in OWN_LISTS.items():
        rows = getattr(person, name).select_related(*(fetched or [None])).order_by(order, "pk")
        lists.append(own_data.section(title, rows, columns))
    counts = {"title": "有关记录", "columns": ["种类", "条数"], "rows": _own_counts(person)}
    return [facts, *lists, *own_data.sections(person), counts]


def _own_facts(person, masked):
    facts = []
    for name in OWN_FIELDS:
        shown = getattr(person, f"get_{name}_display", None)
        value = written(shown() if shown else getattr(person, name))
        if name in PRECISE:
            value = value[: LENGTHS.get(getattr(person, PRECISE[name]), 10)]
        facts.append([Person._meta.get_field(name).verbose_name, value])
    number = open_id_number(person.id_number_sealed) if person.id_number_sealed else ""
    facts.append(["身份证号（加密保存）", mask_id_number(number) if masked and number else number])
    facts.append(["照片", "有" if person.photo else "没有"])
    facts.append(["密码", "只存不可还原的摘要"])
    return facts


def _own_counts(person):
    """How many rows of other kinds name the person: what they say is on their own pages."""
    own = {"affiliation", "post", "role", "correctionrequest", "notice"}
    found = []
    for relation in Person._meta.related_objects:
        model = relation.related_model
        if model._meta.model_name not in own:
            count = model._base_manager.filter(**{relation.field.name: person}).count()
            if count:
                found.append(
                    [f"{model._meta.verbose_name}（{relation.field.verbose_name}）", count]
                )
    return found


def place_asked(request):
    """?org=CODE, kept from page to page (issue 9, point 4): the organisation a list is cut to; None when none is asked for, 404 when it is not to be seen."""
    code = request.GET.get("org", "")[:40]
    if not code:
        return None
    return get_object_or_404(Organisation.objects.visible_to(request.user), code=code)


def at_place(rows, place, *fields):
    """`rows` whose organisation lies at or below the place, by any of the fields; all when there is no place."""
    if not place:
        return rows
    inside = [under((place.path,), field) for field in fields or ("organisation__path",)]
    chosen = inside[0]
    for one in inside[1:]:
        chosen |= one
    return rows.filter(chosen)
