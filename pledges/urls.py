from django.urls import path

from pledges import views

app_name = "pledges"

pledge_urls = [
    # /pledges
    path("pledges", views.pledge_list, name="pledge_list"),
    path("pledges/add", views.pledge_add, name="pledge_add"),
    path("pledges/review", views.pledge_review_list, name="pledge_review_list"),
    path("pledges/<int:pk>", views.pledge_detail, name="pledge_detail"),
    path("pledges/<int:pk>/edit", views.pledge_edit, name="pledge_edit"),
    path("pledges/<int:pk>/submit", views.pledge_submit, name="pledge_submit"),
    path("pledges/<int:pk>/withdraw", views.pledge_withdraw, name="pledge_withdraw"),
    path("pledges/<int:pk>/review", views.pledge_review, name="pledge_review"),
    path("pledges/<int:pk>/revise", views.pledge_revise, name="pledge_revise"),
    path("pledges/<int:pk>/progress", views.pledge_progress, name="pledge_progress"),
    path("pledges/<int:pk>/conclude", views.pledge_conclude, name="pledge_conclude"),
]

public_urls = [
    # without signing in
    path("w/", views.window_board_list, name="window_board_list"),
    path("w/<str:code>/", views.window_board, name="window_board"),
    path("w/<str:code>/qr.svg", views.window_qr, name="window_qr"),
    path("board/<str:code>/", views.organisation_board, name="organisation_board"),
    path("p/<int:pk>/", views.pledge_public, name="pledge_public"),
]

urlpatterns = pledge_urls + public_urls
