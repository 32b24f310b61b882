from django.urls import include, path

from benchmarks import floors

urlpatterns = [
    path("floor/authed", floors.authed),
    path("floor/minimal", floors.minimal),
    path("floor/write", floors.write),
    path("floor/table", floors.table),
    path("", include("campaign_portal.urls")),
]
