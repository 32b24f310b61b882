from django.urls import path

from campaigns import views

app_name = "campaigns"

campaign_urls = [
    # /campaigns
    path("campaigns", views.campaign_list, name="campaign_list"),
    path("campaigns/new", views.campaign_new, name="campaign_new"),
    path("campaigns/<slug:slug>", views.campaign_detail, name="campaign_detail"),
    path("campaigns/<slug:slug>/switch", views.campaign_switch, name="campaign_switch"),
    path("campaigns/<slug:slug>/version", views.campaign_version, name="campaign_version"),
    path("campaigns/<slug:slug>/conclude", views.campaign_conclude, name="campaign_conclude"),
    path("cycles/<int:pk>/summary", views.cycle_summary, name="cycle_summary"),
    path("campaigns/<slug:slug>/rhythm", views.campaign_rhythm, name="campaign_rhythm"),
    path("campaigns/<slug:slug>/stages", views.stage_list, name="stage_list"),
    path("stages/<int:pk>/enter", views.stage_enter, name="stage_enter"),
    path("stages/<int:pk>/confirm", views.stage_confirm, name="stage_confirm"),
    path("campaigns/<slug:slug>/follow", views.campaign_follow, name="campaign_follow"),
]

branch_plan_urls = [
    # /branch-plans
    path("campaigns/<slug:slug>/branch-plans", views.branch_plan_list, name="branch_plan_list"),
    path(
        "campaigns/<slug:slug>/branch-plans/<int:pk>",
        views.branch_plan_write,
        name="branch_plan_write",
    ),
    path("branch-plans/mine", views.branch_plan_mine, name="branch_plan_mine"),
    path("branch-plans/<int:pk>", views.branch_plan_detail, name="branch_plan_detail"),
]

duty_urls = [
    # /duties
    path("duties", views.duty_list, name="duty_list"),
    path("duties/<int:pk>/waive", views.duty_waive, name="duty_waive"),
]

scheme_urls = [
    # /schemes
    path("schemes", views.scheme_list, name="scheme_list"),
    path("schemes/new", views.scheme_new, name="scheme_new"),
    path("schemes/load", views.scheme_load, name="scheme_load"),
    path("schemes/<int:pk>", views.scheme_detail, name="scheme_detail"),
    path("schemes/<int:pk>.yaml", views.scheme_download, name="scheme_download"),
    path("schemes/<int:pk>/edit", views.scheme_edit, name="scheme_edit"),
]

draft_urls = [
    # /drafts
    path("drafts/<int:pk>", views.draft_detail, name="draft_detail"),
    path("drafts/<int:pk>.yaml", views.draft_download, name="draft_download"),
    path("drafts/<int:pk>/check", views.draft_check, name="draft_check"),
    path("drafts/<int:pk>/preview", views.draft_preview, name="draft_preview"),
    path("drafts/<int:pk>/text", views.draft_text, name="draft_text"),
    path("drafts/<int:pk>/publish", views.draft_publish, name="draft_publish"),
    path("drafts/<int:pk>/delete", views.draft_delete, name="draft_delete"),
    path("drafts/<int:pk>/sections/<slug:key>", views.draft_section, name="draft_section"),
    path("drafts/<int:pk>/parts/<path:place>", views.draft_part, name="draft_part"),
    path("drafts/<int:pk>/nodes/<path:place>", views.draft_node, name="draft_node"),
    path("drafts/<int:pk>/move/<path:place>", views.draft_move, name="draft_move"),
    path("drafts/<int:pk>/remove/<path:place>", views.draft_remove, name="draft_remove"),
]

calendar_urls = [
    # /workdays
    path("workdays", views.workday_list, name="workday_list"),
    path("workdays/<int:pk>/delete", views.workday_delete, name="workday_delete"),
]

urlpatterns = (
    campaign_urls + branch_plan_urls + duty_urls + scheme_urls + draft_urls + calendar_urls
)
