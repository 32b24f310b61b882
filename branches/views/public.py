"""Without signing in: photos that people agreed to show, and what the portal stores about people."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from branches import queries
from branches.models import Person
from common import personal


@login_not_required
@require_safe
def photo(request, pk):
    """The file itself. Seen by everybody with consent, else by those who may see the person (A10)."""
    people = Person.objects.filter(queries.photo_is_open())
    if request.user.is_authenticated:
        people = people | Person.objects.visible_to(request.user)
    person = get_object_or_404(people.exclude(photo=""), pk=pk)
    try:
        file = person.photo.open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, content_type="image/jpeg", filename=f"photo-{pk}.jpg")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@login_not_required
@require_safe
def privacy(request):
    return render(request, "branches/privacy.html", {"inventories": personal.inventories()})
