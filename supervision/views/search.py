"""The head bar's search."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from supervision.queries.search import find


@require_safe
def search_list(request):
    words = request.GET.get("q", "")
    return render(
        request,
        "supervision/search_list.html",
        {"found": find(request.user, words), "words": words},
    )
