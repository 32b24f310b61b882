from django.db.models import OuterRef, Subquery

from branches.models import Organisation, scope_paths
from campaigns.models import Campaign, SchemeVersion
from campaigns.permissions import RULERS, can_load_scheme
from campaigns.queries.workshop import SECTIONS


def visible_versions(person):
    """Those who run campaigns see every plan, others the plans of campaigns they take part in."""
    versions = SchemeVersion.objects.select_related("scheme")
    if can_load_scheme(person):
        return versions
    mine = Campaign.objects.visible_to(person)
    return versions.filter(pk__in=mine.values("scheme_version"))


def newest_versions(person):
    """The newest version of each plan that one may see."""
    newest = (
        visible_versions(person)
        .filter(scheme=OuterRef("scheme"))
        .order_by("-number")
        .values("pk")[:1]
    )
    versions = visible_versions(person).filter(pk=Subquery(newest))
    return versions.defer("document").order_by("scheme__name", "pk")


def ruled(person):
    """The organisations whose committee or office one belongs to, the highest first."""
    paths = scope_paths(person, *RULERS)
    return Organisation.objects.filter(path__in=paths).order_by("path")


def changed_sections(draft):
    """The sections in which the draft says something else than the version it was made from."""
    if draft.based_on is None:
        return list(SECTIONS)
    old, new = draft.based_on.plan, draft.plan
    return [
        one
        for one in SECTIONS
        if any(getattr(old, name) != getattr(new, name) for name in one.fields)
    ]
