from django.urls import path

from supervision.views import (
    aftercare,
    archive,
    book,
    burden,
    checking,
    closing,
    dashboard,
    examination,
    handover,
    inspection,
    leading,
    ledger,
    lit,
    points,
    robots,
    scorecard,
    search,
    standing,
    trial,
    urging,
)
from supervision.views.today import today

app_name = "supervision"

today_urls = [
    # /
    path("", today, name="today"),
]

dashboard_urls = [
    # /dashboard
    path("dashboard", dashboard.dashboard, name="dashboard"),
    path("dashboard/wall", dashboard.dashboard_wall, name="dashboard_wall"),
    path("dashboard/report", dashboard.dashboard_report, name="dashboard_report"),
    path("dashboard.xlsx", dashboard.dashboard_export, name="dashboard_export"),
]

book_urls = [
    # /books, /people
    path("people/<int:pk>/handover", handover.handover, name="handover"),
    path("books", book.book_list, name="book_list"),
    path("books/<slug:key>.xlsx", book.book_export, name="book_export"),
]

scorecard_urls = [
    # /scorecards
    path("scorecards", scorecard.scorecard_list, name="scorecard_list"),
    path("scorecards/mine", scorecard.scorecard_mine, name="scorecard_mine"),
    path("scorecards/<int:pk>", scorecard.scorecard_detail, name="scorecard_detail"),
]

point_urls = [
    # /points
    path("points", points.point_list, name="point_list"),
    path("points/add", points.point_add, name="point_add"),
    path("points/<int:pk>/decide", points.point_decide, name="point_decide"),
]

closing_urls = [
    # /close
    path("close", closing.period_close, name="period_close"),
    path("close/<int:pk>/reopen", closing.period_reopen, name="period_reopen"),
]

inspection_urls = [
    # /inspections
    path("inspections", inspection.inspection_list, name="inspection_list"),
    path("inspections/add", inspection.inspection_add, name="inspection_add"),
    path("inspections/plan", inspection.inspection_plan, name="inspection_plan"),
    path("inspections/<int:pk>", inspection.inspection_detail, name="inspection_detail"),
    path("inspections/<int:pk>/demand", inspection.inspection_demand, name="inspection_demand"),
    path("checkings/add", checking.checking_add, name="checking_add"),
    path("checkings/<int:pk>", checking.checking_edit, name="checking_edit"),
    path("checkings/<int:pk>/drop", checking.checking_drop, name="checking_drop"),
    path("checkings/<int:pk>/points/<slug:key>", checking.checking_point, name="checking_point"),
    path("draws/add", inspection.draw_add, name="draw_add"),
    path("draws/<int:pk>", inspection.draw_detail, name="draw_detail"),
]

ledger_urls = [
    # /ledger
    path("ledger", ledger.ledger_list, name="ledger_list"),
    path("ledger.xlsx", ledger.ledger_export, name="ledger_export"),
    path("ledger/add", ledger.ledger_add, name="ledger_add"),
    path("ledger/<int:pk>", ledger.ledger_detail, name="ledger_detail"),
    path("ledger/<int:pk>/plan", ledger.ledger_plan, name="ledger_plan"),
    path(
        "examinations/<int:pk>/rectify",
        examination.examination_rectify,
        name="examination_rectify",
    ),
    path("ledger/<int:pk>/report", ledger.ledger_report, name="ledger_report"),
    path("ledger/<int:pk>/sign-off", ledger.ledger_sign_off, name="ledger_sign_off"),
    path("ledger/<int:pk>/answer", ledger.ledger_answer, name="ledger_answer"),
    path("ledger/<int:pk>/recheck", aftercare.ledger_recheck, name="ledger_recheck"),
    path("ledger/<int:pk>/call-back", aftercare.ledger_call_back, name="ledger_call_back"),
    path("ledger/<int:pk>/outcome", aftercare.ledger_outcome, name="ledger_outcome"),
    path("ledger/verdict", aftercare.ledger_verdict, name="ledger_verdict"),
    # /rechecks
    path("rechecks", aftercare.recheck_list, name="recheck_list"),
    path("rechecks/draw", aftercare.recheck_draw, name="recheck_draw"),
    path("rechecks/<int:pk>", aftercare.recheck_detail, name="recheck_detail"),
]

urging_urls = [
    # /duties/late, /urges
    path("duties/late", urging.late_list, name="late_list"),
    path("duties/late.xlsx", urging.late_export, name="late_export"),
    path("duties/late/urge", urging.late_urge, name="late_urge"),
    # /search
    path("search", search.search_list, name="search_list"),
    # /archives, /burden
    path("archives", archive.archive_list, name="archive_list"),
    path("archives/make", archive.archive_make, name="archive_make"),
    path("archives/<int:pk>.zip", archive.archive_download, name="archive_download"),
    path("burden", burden.burden_detail, name="burden_detail"),
    # /robots
    path("robots", robots.robot_list, name="robot_list"),
    path("robots/<int:pk>/test", robots.robot_test, name="robot_test"),
    path("robots/<int:pk>/switch", robots.robot_switch, name="robot_switch"),
    path("urges/<int:pk>", urging.urge_answer, name="urge_answer"),
]

leading_urls = [
    # /leading
    path("leading/<slug:slug>", leading.leading_list, name="leading_list"),
    path("leading/<slug:slug>/add", leading.seat_add, name="seat_add"),
    path("leading/<slug:slug>/letters.pdf", leading.seat_letters, name="seat_letters"),
    path("leading/seats/<int:pk>/end", leading.seat_end, name="seat_end"),
]

standing_urls = [
    # /standings
    path("standings", standing.standing_list, name="standing_list"),
    path("standings/propose", standing.standing_propose, name="standing_propose"),
    path("standings/accept", standing.standing_accept, name="standing_accept"),
    path("standings/honours", standing.standing_honours, name="standing_honours"),
    path("standings/<int:pk>", standing.standing_detail, name="standing_detail"),
    path("standings/<int:pk>/decide", standing.standing_decide, name="standing_decide"),
    path("standings/<int:pk>/answer", standing.standing_answer, name="standing_answer"),
    path("standings/<int:pk>/visits/add", standing.guide_visit_add, name="guide_visit_add"),
]

urlpatterns = (
    today_urls + dashboard_urls + scorecard_urls + point_urls + closing_urls + inspection_urls
)
urlpatterns += book_urls + ledger_urls + urging_urls
urlpatterns += standing_urls + leading_urls
urlpatterns += [
    # /lit, /trials
    path("lit/<slug:slug>", lit.lit_windows, name="lit_windows"),
    path("trials/<int:pk>/<int:number>", trial.recipe_trial, name="recipe_trial"),
]
