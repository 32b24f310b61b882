from django.urls import path

from campaigns import views

app_name = "campaigns"

campaign_urls = [
    # /campaigns
    path("campaigns", views.campaign_list, name="campaign_list"),
    path("campaigns/<slug:slug>", views.campaign_detail, name="campaign_detail"),
    path("campaigns/<slug:slug>/switch", views.campaign_switch, name="campaign_switch"),
]

duty_urls = [
    # /duties
    path("duties", views.duty_list, name="duty_list"),
    path("duties/<int:pk>/waive", views.duty_waive, name="duty_waive"),
]

scheme_urls = [
    # /schemes
    path("schemes/load", views.scheme_load, name="scheme_load"),
    path("schemes/<int:pk>", views.scheme_detail, name="scheme_detail"),
    path("schemes/<int:pk>.yaml", views.scheme_download, name="scheme_download"),
]

calendar_urls = [
    # /workdays
    path("workdays", views.workday_list, name="workday_list"),
    path("workdays/<int:pk>/delete", views.workday_delete, name="workday_delete"),
]

urlpatterns = campaign_urls + duty_urls + scheme_urls + calendar_urls
