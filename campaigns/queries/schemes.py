from campaigns.models import Campaign, SchemeVersion
from campaigns.permissions import can_load_scheme


def visible_versions(person):
    """Those who run campaigns see every plan, others the plans of campaigns they take part in."""
    versions = SchemeVersion.objects.select_related("scheme")
    if can_load_scheme(person):
        return versions
    mine = Campaign.objects.visible_to(person)
    return versions.filter(pk__in=mine.values("scheme_version"))
