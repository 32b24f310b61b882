from django.core.paginator import Paginator

PAGE_SIZE = 30


def page_of(request, rows, *, size=PAGE_SIZE, key="page"):
    """The page that ?page= asks for; nonsense gives the first, too high the last.

    A page with several lists gives each its own `key`, and says it to `_components/pager.html`.
    """
    return Paginator(rows, size).get_page(request.GET.get(key))
