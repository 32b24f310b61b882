from django.urls import path

from common import views

app_name = "common"

urlpatterns = [
    # /notices
    path("notices", views.notice_list, name="notice_list"),
    path("notices/read", views.notice_read_all, name="notice_read_all"),
    path("notices/<int:pk>/open", views.notice_open, name="notice_open"),
    # /jobs
    path("jobs/<uuid:pk>", views.job_detail, name="job_detail"),
]
