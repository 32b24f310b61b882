from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches import permissions
from branches.excel import listed
from branches.forms import AuditFilter
from common import downloads
from common.models import AuditEvent
from common.paging import page_of


@require_safe
def audit_list(request):
    """Who did what. For the audit administrator alone, and read only (等保 8.1.4.3)."""
    if not permissions.can_see_audit(request.user):
        raise PermissionDenied
    events = AuditEvent.objects.select_related("by").order_by("-number")
    chosen = AuditFilter(request.GET, events)
    if downloads.is_asked(request):
        return downloads.listing(request, "审计记录", listed.EVENTS, chosen.qs)
    page = page_of(request, chosen.qs, size=50)
    return render(request, "branches/audit_list.html", {"filter": chosen, "page": page})
