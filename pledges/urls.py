from django.urls import path

from pledges import views
from pledges.views import hints, lines, register, report, shown, verdict, window_part
from pledges.views import self_examination as exam
from pledges.views import service_item as item

app_name = "pledges"

pledge_urls = [
    # /pledges
    path("pledges", views.pledge_list, name="pledge_list"),
    path("pledges/add", views.pledge_add, name="pledge_add"),
    path("pledges/hints", hints.pledge_hints, name="pledge_hints"),
    path("pledges/rates", hints.pledge_rates, name="pledge_rates"),
    path("pledges/review", views.pledge_review_list, name="pledge_review_list"),
    path("pledges/<int:pk>", views.pledge_detail, name="pledge_detail"),
    path("pledges/<int:pk>/edit", views.pledge_edit, name="pledge_edit"),
    path("pledges/<int:pk>/submit", views.pledge_submit, name="pledge_submit"),
    path("pledges/<int:pk>/withdraw", views.pledge_withdraw, name="pledge_withdraw"),
    path("pledges/<int:pk>/review", views.pledge_review, name="pledge_review"),
    path("pledges/<int:pk>/revise", views.pledge_revise, name="pledge_revise"),
    path("pledges/<int:pk>/progress", views.pledge_progress, name="pledge_progress"),
    path("pledges/<int:pk>/evidence/<int:number>", views.pledge_evidence, name="pledge_evidence"),
    path("pledges/<int:pk>/conclude", views.pledge_conclude, name="pledge_conclude"),
    path("pledges/<int:pk>/down", verdict.pledge_take_down, name="pledge_take_down"),
    path("examinations", exam.self_examination_list, name="self_examination_list"),
    path("examinations/add", exam.self_examination_write, name="self_examination_write"),
    path(
        "examinations/<int:pk>/pledge",
        exam.self_examination_pledge,
        name="self_examination_pledge",
    ),
]

identity_urls = [
    # /card, /zones, /prints
    path("card", views.card, name="card"),
    path("zones", views.zone_list, name="zone_list"),
    path("organisations/<int:pk>/zones/add", views.zone_add, name="zone_add"),
    path("zones/<int:pk>/edit", views.zone_edit, name="zone_edit"),
    path("zones/<int:pk>/end", views.zone_end, name="zone_end"),
    path("windows/<int:pk>/parts", window_part.window_parts, name="window_parts"),
    path("prints", views.print_list, name="print_list"),
    path("prints/<int:pk>", views.print_batch, name="print_batch"),
    path("prints/<int:pk>/file", views.print_file, name="print_file"),
]

wall_urls = [
    # without signing in: screens for halls, the members' board
    path("board/<str:code>/members/", views.member_board, name="member_board"),
    path("wall/w/<str:code>/", views.window_wall, name="window_wall"),
    path("wall/b/<str:code>/", views.organisation_wall, name="organisation_wall"),
    path("wall/c/<slug:slug>/", views.campaign_wall, name="campaign_wall"),
]

public_urls = [
    # without signing in
    path("w/", views.window_board_list, name="window_board_list"),
    path("w/<str:code>/", views.window_board, name="window_board"),
    path("w/<str:code>/qr.svg", views.window_qr, name="window_qr"),
    path("board/<str:code>/", views.organisation_board, name="organisation_board"),
    path("p/<int:pk>/", views.pledge_public, name="pledge_public"),
    path("p/<int:pk>/lines", lines.pledge_line_rate, name="pledge_line_rate"),
]

shown_urls = [
    # /shows: the office side of cards, plaques, stories, brands, texts
    path("shows/desk", shown.shown_desk, name="shown_desk"),
    path("shows/<slug:kind>", shown.shown_list, name="shown_list"),
    path("shows/<slug:kind>/add", shown.shown_add, name="shown_add"),
    path("shows/<slug:kind>/propose", shown.shown_propose_all, name="shown_propose_all"),
    path("shows/<slug:kind>/<int:pk>", shown.shown_detail, name="shown_detail"),
    path("shows/<slug:kind>/<int:pk>/edit", shown.shown_edit, name="shown_edit"),
    path("shows/<slug:kind>/<int:pk>/propose", shown.shown_propose, name="shown_propose"),
    path("shows/<slug:kind>/<int:pk>/judge", shown.shown_judge, name="shown_judge"),
    path("shows/<slug:kind>/<int:pk>/down", shown.shown_take_down, name="shown_take_down"),
    path("shows/<slug:kind>/<int:pk>/revise", shown.shown_revise, name="shown_revise"),
]

item_urls = [
    # /s: cards without signing in; /x: everything else that is shown
    path("s/", item.service_item_find, name="service_item_find"),
    path("s/receipt", report.report_follow, name="report_follow"),
    path("s/<str:code>/", item.service_item_public, name="service_item_public"),
    path("s/<str:code>/print", item.service_item_print, name="service_item_print"),
    path("s/<str:code>/notice", item.service_item_notice, name="service_item_notice"),
    path("s/<str:code>/qr.svg", item.service_item_qr, name="service_item_qr"),
    path("s/<str:code>/report", report.service_report, name="service_report"),
    path("x/<slug:kind>/<str:code>/", item.shown_public, name="shown_public"),
    path("honour/<str:code>/", item.honour_roll, name="honour_roll"),
    path("honour/<str:code>/poster", item.honour_poster, name="honour_poster"),
    path("rules/<str:code>/", item.standing_text_list, name="standing_text_list"),
    path("rules/<str:code>/check", item.standing_check, name="standing_check"),
]

register_urls = [
    # /registers
    path("registers", register.register_list, name="register_list"),
    path("registers/first", register.first_asked_list, name="first_asked_list"),
    path("registers/first/add", register.first_asked_add, name="first_asked_add"),
    path("registers/first/<int:pk>", register.first_asked_finish, name="first_asked_finish"),
    path("registers/cover", register.cover_today, name="cover_today"),
    path("registers/away", register.whereabouts_write, name="whereabouts_write"),
    path(
        "registers/away/<int:pk>/withdraw",
        register.whereabouts_withdraw,
        name="whereabouts_withdraw",
    ),
    path("registers/back", register.whereabouts_end, name="whereabouts_end"),
    path("registers/reports", report.report_list, name="report_list"),
    path("registers/reports/<uuid:pk>", report.report_answer, name="report_answer"),
    path("registers/coverage", register.coverage_list, name="coverage_list"),
    path("registers/book/<slug:key>", register.register_book, name="register_book"),
    path("registers/book/<slug:key>/add", register.register_write, name="register_write"),
]

urlpatterns = [
    *public_urls,
    *item_urls,
    *wall_urls,
    *pledge_urls,
    *identity_urls,
    *shown_urls,
    *register_urls,
]
