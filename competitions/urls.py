from django.urls import path

from competitions.views import contests, home

app_name = "competitions"

home_urls = [
    # /compare
    path("compare", home.compare_home, name="compare_home"),
]

contest_urls = [
    # /contests
    path("contests", contests.contest_list, name="contest_list"),
    path("contests/add", contests.contest_add, name="contest_add"),
    path("contests/<int:pk>", contests.contest_detail, name="contest_detail"),
    path("contests/<int:pk>/sheet", contests.sheet_write, name="sheet_write"),
    path("contests/<int:pk>/sheet.xlsx", contests.sheet_download, name="sheet_download"),
    path("contests/<int:pk>/sheet/upload", contests.sheet_upload, name="sheet_upload"),
    path("contests/<int:pk>/certificates.pdf", contests.contest_certificates, name="contest_certificates"),
    path("contests/<int:pk>/do/<slug:deed>", contests.contest_deed, name="contest_deed"),
    path("contests/sheets/<int:pk>/return", contests.sheet_return, name="sheet_return"),
    path("contests/entrants/<int:pk>", contests.entrant_detail, name="entrant_detail"),
]  # fmt: skip

urlpatterns = home_urls + contest_urls
