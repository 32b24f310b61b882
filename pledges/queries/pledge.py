"""Who judges and who may be written for."""

from django.db.models import Q

from branches.models import Affiliation, Person, scope_paths, under
from pledges.models import Pledge


def waiting_for_review(person, period):
    """Submitted pledges that this person may judge, oldest first."""
    scopes = scope_paths(person, "secretary", "committee", "office")
    return (
        Pledge.objects.filter(
            under(scopes, "organisation__path"), period=period, status=Pledge.Status.SUBMITTED
        )
        .exclude(Q(owner_person=person) | Q(written_by=person))
        .with_owners()
        .order_by("submitted_at", "pk")
    )


def people_to_pledge_for(organisation, *, today):
    """People of the organisation for whom its secretary may write (L15)."""
    current = Affiliation.objects.current(today=today).filter(organisation=organisation)
    return Person.objects.filter(pk__in=current.values("person")).order_by("name_pinyin", "pk")
