from django.core.paginator import Paginator

PAGE_SIZE = 30


def page_of(request, rows, *, size=PAGE_SIZE):
    """The page that ?page= asks for; nonsense gives the first, too high the last."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
