"""What the frame of every signed-in page shows: campaign and period, menu, inbox.

`?campaign=<slug>` and `?period=<key>` on any page choose; the session remembers. One query tells
campaigns and periods, one the unread messages; the roles are those the views ask for anyway.
"""

from functools import cache

from django.db.models import Count
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from branches.models import scope_paths
from campaign_portal.way_back import way_back
from campaigns.actions.choice import keep_campaign
from campaigns.models import Campaign, CampaignChoice, Duty, Period
from common.dates import today
from common.models import Notice

# URL name -> label, icon; what has no page yet is left out
ENTRIES = {
    "supervision:today": ("今天要办", "today"),
    "supervision:dashboard": ("督查看板", "chart"),
    "supervision:inspection_list": ("督查", "inspect"),
    "supervision:scorecard_list": ("得分", "score"),
    "pledges:pledge_list": ("亮承诺", "pledge"),
    "evaluations:review_list": ("点评", "speech"),
    "evaluations:round_list": ("互评", "ballot"),
    "evaluations:feedback_list": ("群众意见", "inbox"),
    "competitions:compare_home": ("比与创", "star"),
    "branches:me": ("我的", "person"),
    "branches:person_list": ("支部", "people"),
    "campaigns:campaign_detail": ("活动", "scheme"),
    "branches:account_list": ("账号", "lock"),
    "branches:audit_list": ("留痕", "shield"),
}
TODAY, CAMPAIGN, PEOPLE = "supervision:today", "campaigns:campaign_detail", "branches:person_list"
BOARD, SCORES = "supervision:dashboard", "supervision:scorecard_list"
COMPARE = "competitions:compare_home"
PLEDGES, REVIEWS = "pledges:pledge_list", "evaluations:review_list"
ROUNDS, INSPECTIONS = "evaluations:round_list", "supervision:inspection_list"
# At most seven for a role; who has several gets the first of these that fits.
RAILS = [
    (("committee", "office"), [TODAY, BOARD, INSPECTIONS, COMPARE, REVIEWS, PEOPLE, CAMPAIGN]),
    (("inspector",), [TODAY, BOARD, INSPECTIONS, PLEDGES, REVIEWS, PEOPLE, CAMPAIGN]),
    (("leader",), [TODAY, BOARD, REVIEWS, PLEDGES, PEOPLE, SCORES, CAMPAIGN]),
    (("secretary",), [TODAY, BOARD, PLEDGES, REVIEWS, COMPARE, PEOPLE, CAMPAIGN]),
    (("system_admin", "security_admin"), [TODAY, "branches:account_list", PEOPLE]),
    (("audit_admin",), [TODAY, "branches:audit_list"]),
]
# What else lies under an entry: beginnings of URL names.
UNDER = {
    BOARD: "dashboard burden book archive standing late robot period",
    INSPECTIONS: "inspection draw checking ledger recheck",
    PEOPLE: "person promotion organisation window post photo import role",
    CAMPAIGN: "campaign stage branch_plan scheme draft workday",
}
WHOLE_APPS = {COMPARE, PLEDGES, REVIEWS}
MEMBER_RAIL = [TODAY, "branches:me", PLEDGES, REVIEWS, SCORES, COMPARE, CAMPAIGN]
TABS = [TODAY, "branches:me", PEOPLE]
LINKS = {
    "inbox": "common:notice_list",
    "profile": "branches:me",
    "search": "supervision:search_list",
}


def portal_frame(get_response):
    """Middleware, after authentication: sets what common/context.py hands to the templates."""

    def middleware(request):
        request.campaign = request.period = None
        return get_response(request)

    def process_view(request, view, arguments, keywords):
        person = request.user
        if not person.is_authenticated or not getattr(view, "login_required", True):
            return
        choose = cache(lambda: _choice(request))
        if getattr(view, "frame_on_demand", False):  # a page that may answer without a frame
            request.campaign = SimpleLazyObject(lambda: choose()[0])
            request.period = SimpleLazyObject(lambda: choose()[1])
        else:
            request.campaign, request.period, *_ = choose()
        request.portal_nav = SimpleLazyObject(lambda: _rail(request))
        request.portal_tabs = SimpleLazyObject(lambda: _tabs(request))
        request.portal_links = SimpleLazyObject(lambda: _links(request))
        request.portal_crumbs = SimpleLazyObject(lambda: _crumbs(request))
        request.portal_choices = SimpleLazyObject(lambda: _choices(request, *choose()[2:]))
        request.unread_count = SimpleLazyObject(
            lambda: Notice.objects.visible_to(person).unread().count()
        )

    middleware.process_view = process_view
    return middleware


def _periods(person):
    """All periods of all campaigns the person may see, newest first."""
    return (
        Period.objects.visible_to(person)
        .select_related("campaign", "campaign__organisation", "scheme_version")
        .defer("scheme_version__document")
        .order_by("-starts_on", "-pk")
    )


def _choice(request):
    """(campaign, period, all periods, those of the campaign)"""
    periods = list(_periods(request.user))
    campaign = _chosen_campaign(request, periods)
    own = [period for period in periods if period.campaign == campaign]
    return campaign, _chosen_period(request, own), periods, own


def _chosen_campaign(request, periods):
    campaigns = {period.campaign.slug: period.campaign for period in periods}
    asked = request.GET.get("campaign")
    if asked in campaigns:
        if asked != request.session.get("campaign"):
            keep_campaign(request.user, campaigns[asked])
        request.session["campaign"] = asked
        request.session.pop("period", None)
    chosen = campaigns.get(request.session.get("campaign"))
    if chosen is None and len(campaigns) > 1:
        chosen = _kept_or_busiest(request.user, campaigns.values())
        request.session["campaign"] = chosen.slug
    return chosen or next(iter(campaigns.values()), None) or _without_period(request.user)


def _kept_or_busiest(person, campaigns):
    """What the pages opened with last time, while it runs; else it is settled now, and kept."""
    kept = CampaignChoice.objects.filter(person=person).values_list("campaign", flat=True).first()
    running = [one for one in campaigns if one.runs_on(today())] or list(campaigns)
    chosen = next((one for one in running if one.pk == kept), None)
    if chosen is None:
        chosen = _busiest(person, running)
        keep_campaign(person, chosen)
    return chosen


def _busiest(person, campaigns):
    """The campaign that asks most of the person; of equals the newest."""
    counted = Duty.objects.pending().filter(assignee=person).values_list("campaign")
    duties = dict(counted.annotate(Count("pk")).order_by())
    return max(campaigns, key=lambda campaign: (duties.get(campaign.pk, 0), campaign.pk))


def _without_period(person):
    visible = Campaign.objects.visible_to(person).select_related("organisation")
    return visible.order_by("-starts_on", "-pk").first()


def _chosen_period(request, own):
    """The one asked for, else the open one that holds today, else the newest."""
    by_key = {period.key: period for period in own}
    asked = request.GET.get("period")
    if asked in by_key:
        request.session["period"] = asked
    day = today()
    running = (p for p in own if p.is_open and p.starts_on <= day <= p.ends_on)
    return by_key.get(request.session.get("period")) or next(running, None) or next(iter(own), None)


def find_url(name, request):
    """The address of a page, or None while nobody has built it."""
    try:
        if name == "campaigns:campaign_detail":
            return request.campaign and reverse(name, args=[request.campaign.slug])
        return reverse(name)
    except NoReverseMatch:
        return None


def _entries(request, names):
    for name in names:
        url = find_url(name, request)
        if url:
            yield (ENTRIES[name][0], url, ENTRIES[name][1], _is_here(request, name))


def _is_here(request, name):
    """Whether the present page lies under an entry: pledge_edit under pledge_list."""
    match = request.resolver_match
    app, page = name.split(":")
    if not match or match.namespace != app:
        return False
    nouns = UNDER.get(name, page.removesuffix("_list").removesuffix("_detail")).split()
    return name in WHOLE_APPS or (match.url_name or "").startswith(tuple(nouns))


def _rail(request):
    fitting = (names for roles, names in RAILS if scope_paths(request.user, *roles))
    return list(_entries(request, next(fitting, MEMBER_RAIL)))


def _crumbs(request):
    return way_back(request, {entry[1] for entry in request.portal_nav})


def _tabs(request):
    return list(_entries(request, TABS))


def _links(request):
    return {key: find_url(name, request) for key, name in LINKS.items()}


def _choices(request, periods, own):
    campaigns = {period.campaign.slug: period.campaign for period in periods}
    return {
        "campaigns": [
            (campaign.name, f"/?campaign={slug}", campaign == request.campaign)
            for slug, campaign in campaigns.items()
        ],
        "periods": [
            (period.name, f"?period={period.key}", period == request.period) for period in own[:12]
        ],
    }
