"""What every page's frame needs; filled by whoever sets the attributes on the request.

common knows no app: the middleware of campaign_portal sets `request.portal_nav`
(label, url, icon, active), `portal_tabs`, `portal_links`, `portal_choices`, `portal_crumbs`,
`campaign`, `period`, `unread_count`. Any of them may be missing.
"""

from django.conf import settings

MAX_RAIL = 7
MAX_TABS = 3
LARGE_TYPE_COOKIE = "type"


def wants_large_type(request):
    asked = request.GET.get("type")
    if asked in {"large", "normal"}:
        return asked == "large"
    return request.COOKIES.get(LARGE_TYPE_COOKIE) == "large"


def portal(request):
    nav = list(getattr(request, "portal_nav", None) or [])
    return {
        "nav": nav[:MAX_RAIL],
        "frame": {  # one name, so that no view's context covers it by chance
            "tabs": list(getattr(request, "portal_tabs", None) or nav)[:MAX_TABS],
            "links": getattr(request, "portal_links", None) or {},
            "switches": getattr(request, "portal_choices", None) or {},
            "crumbs": getattr(request, "portal_crumbs", None) or [],
        },
        "campaign": getattr(request, "campaign", None),
        "period": getattr(request, "period", None),
        "unread_count": getattr(request, "unread_count", 0) or 0,
        "large_type": wants_large_type(request),
        "portal_name": getattr(settings, "PORTAL_NAME", "亮比评创 · 党建活动门户"),
        "portal_version": getattr(settings, "PORTAL_VERSION", ""),
    }
