from django.contrib.auth import views as auth_views
from django.urls import include, path

from campaign_portal import views

handler500 = "campaign_portal.views.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("metrics", views.metrics, name="metrics"),
    # / (what a whole hall opens at once stands first: every address before it is tried in vain)
    path("", include("pledges.urls")),
    path("", include("evaluations.urls")),
    path("", include("supervision.urls")),
    path("", include("competitions.urls")),
    path("", include("campaigns.urls")),
    path("", include("branches.urls")),
    path("", include("common.urls")),
    # /login
    path("login", views.PortalSignIn.as_view(), name="login"),
    path("logout", auth_views.LogoutView.as_view(), name="logout"),
]
