from django.urls import path

from competitions.views import (
    activities,
    cases,
    checks,
    contests,
    efficacy,
    growth,
    home,
    honours,
    indicators,
    pairs,
    selections,
    series,
    sheets,
    streaks,
    targets,
)

app_name = "competitions"

home_urls = [
    # /compare
    path("compare", home.compare_home, name="compare_home"),
    path("compare/<slug:item>", home.item_detail, name="item_detail"),
]

contest_urls = [
    # /contests
    path("contests", contests.contest_list, name="contest_list"),
    path("contests/series/<slug:item>", series.series_detail, name="series_detail"),
    path("contests/add", contests.contest_add, name="contest_add"),
    path("contests/<int:pk>", contests.contest_detail, name="contest_detail"),
    path("contests/<int:pk>/sheet", sheets.sheet_write, name="sheet_write"),
    path("contests/<int:pk>/sheet.xlsx", sheets.sheet_download, name="sheet_download"),
    path("contests/<int:pk>/sheet/upload", sheets.sheet_upload, name="sheet_upload"),
    path("contests/<int:pk>/certificates.pdf", contests.contest_certificates, name="contest_certificates"),
    path("contests/<int:pk>/do/<slug:deed>", contests.contest_deed, name="contest_deed"),
    path("contests/sheets/<int:pk>/return", sheets.sheet_return, name="sheet_return"),
    path("contests/sheets/<int:pk>/remove", sheets.judge_remove, name="judge_remove"),
    path("contests/entrants/<int:pk>/remove", contests.entrant_remove, name="entrant_remove"),
    path("contests/entrants/<int:pk>", contests.entrant_detail, name="entrant_detail"),
]  # fmt: skip

indicator_urls = [
    # /indicators
    path("indicators", indicators.indicator_list, name="indicator_list"),
    path("indicators/add", indicators.indicator_add, name="indicator_add"),
    path("indicators/<slug:item>/<slug:measure>", indicators.indicator_detail, name="indicator_detail"),
    path("indicators/<slug:item>/<slug:measure>/benchmark", indicators.benchmark_set, name="benchmark_set"),
]  # fmt: skip

streak_urls = [
    # /streaks
    path("streaks", streaks.streak_list, name="streak_list"),
    path("streaks/add", streaks.streak_add, name="streak_add"),
    path("streaks/<int:pk>", streaks.streak_detail, name="streak_detail"),
    path("streaks/<int:pk>/certificates.pdf", streaks.streak_certificates, name="streak_certificates"),
    path("streaks/<int:pk>/do/<slug:deed>", streaks.streak_deed, name="streak_deed"),
]  # fmt: skip

selection_urls = [
    # /selections
    path("selections", selections.selection_list, name="selection_list"),
    path("selections/add", selections.selection_add, name="selection_add"),
    path("selections/<int:pk>", selections.selection_detail, name="selection_detail"),
    path("selections/<int:pk>/certificates.pdf", selections.selection_certificates, name="selection_certificates"),
    path("selections/<int:pk>/do/<slug:deed>", selections.selection_deed, name="selection_deed"),
    path("nominations/<int:pk>", selections.nomination_detail, name="nomination_detail"),
    path("nominations/<int:pk>/do/<slug:deed>", selections.nomination_deed, name="nomination_deed"),
    path("awards/<int:pk>/revoke", selections.award_revoke, name="award_revoke"),
    path("objections/<int:pk>/answer", selections.objection_answer, name="objection_answer"),
]  # fmt: skip

activity_urls = [
    # /activities, /checks
    path("activities", activities.activity_list, name="activity_list"),
    path("activities/add", activities.activity_add, name="activity_add"),
    path("activities/<int:pk>", activities.activity_detail, name="activity_detail"),
    path("activities/pictures/<int:pk>.jpg", activities.activity_picture, name="activity_picture"),
    path("activities/pictures/<int:pk>/remove", activities.activity_picture_remove, name="activity_picture_remove"),
    path("activities/<int:pk>/do/<slug:deed>", activities.activity_deed, name="activity_deed"),
    path("checks", checks.check_list, name="check_list"),
    path("checks/<slug:item>", checks.check_write, name="check_write"),
]  # fmt: skip

target_urls = [
    # /targets, /cases, /pairs
    path("targets", targets.target_list, name="target_list"),
    path("targets/add", targets.target_add, name="target_add"),
    path("targets/everybody", targets.target_everybody, name="target_everybody"),
    path("targets/<int:pk>", targets.target_detail, name="target_detail"),
    path("targets/<int:pk>/do/<slug:deed>", targets.target_deed, name="target_deed"),
    path("cases", cases.case_list, name="case_list"),
    path("cases/add", cases.case_add, name="case_add"),
    path("cases/<int:pk>", cases.case_detail, name="case_detail"),
    path("cases/<int:pk>/do/<slug:deed>", cases.case_deed, name="case_deed"),
    path("cases/pictures/<int:pk>.jpg", cases.case_picture, name="case_picture"),
    path("cases/pictures/<int:pk>/remove", cases.picture_remove, name="picture_remove"),
    path("pairs", pairs.pair_list, name="pair_list"),
    path("pairs/add", pairs.pair_add, name="pair_add"),
    path("pairs/<int:pk>", pairs.pair_detail, name="pair_detail"),
    path("pairs/<int:pk>/do/<slug:deed>", pairs.pair_deed, name="pair_deed"),
]

growth_urls = [
    # /growth
    path("growth", growth.growth_list, name="growth_list"),
    path("growth/add", growth.growth_add, name="growth_add"),
    path("growth/<int:pk>", growth.growth_detail, name="growth_detail"),
    path("growth/<int:pk>/do/<slug:deed>", growth.growth_deed, name="growth_deed"),
]

efficacy_urls = [
    # /efficacy
    path("efficacy", efficacy.efficacy_list, name="efficacy_list"),
    path("efficacy/add", efficacy.efficacy_add, name="efficacy_add"),
    path("efficacy/<int:pk>", efficacy.efficacy_detail, name="efficacy_detail"),
    path("efficacy/<int:pk>/do/<slug:deed>", efficacy.efficacy_deed, name="efficacy_deed"),
]

public_urls = [
    # without signing in
    path("honours/efficacy/<str:code>/", efficacy.efficacy_public, name="efficacy_public"),
    path("honours/cases/<int:pk>/", cases.case_public, name="case_public"),
    path("honours/<slug:slug>/", honours.honours, name="honours"),
    path("honours/selections/<int:pk>/", honours.selection_public, name="selection_public"),
    path("honours/selections/<int:pk>/thanks", honours.selection_thanks, name="selection_thanks"),
]

urlpatterns = home_urls + contest_urls + indicator_urls + streak_urls
urlpatterns += (
    selection_urls + activity_urls + target_urls + growth_urls + efficacy_urls + public_urls
)
