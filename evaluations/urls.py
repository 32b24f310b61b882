from django.urls import path

from evaluations.views import feedback, peer, rating, review, round, self_review, suggestion

app_name = "evaluations"

public_urls = [
    # without signing in
    path("r/<str:code>/", rating.window_rate, name="window_rate"),
    path("t/<str:code>/", rating.ticket_rate, name="ticket_rate"),
    path("box/<str:code>/", suggestion.suggestion_window, name="suggestion_window"),
    path("box/branch/<str:code>/", suggestion.suggestion_branch, name="suggestion_branch"),
    path("receipt", feedback.feedback_follow, name="feedback_follow"),
]

feedback_urls = [
    # /feedback
    path("feedback", feedback.feedback_list, name="feedback_list"),
    path("feedback/<uuid:pk>", feedback.feedback_detail, name="feedback_detail"),
    path("feedback/<uuid:pk>/answer", feedback.feedback_answer, name="feedback_answer"),
    path("feedback/<uuid:pk>/assign", feedback.feedback_assign, name="feedback_assign"),
    path("feedback/<uuid:pk>/appeal", feedback.feedback_appeal, name="feedback_appeal"),
    path("feedback/<uuid:pk>/decide", feedback.feedback_decide, name="feedback_decide"),
    path("feedback/<uuid:pk>/call", feedback.feedback_call_back, name="feedback_call_back"),
    path("feedback/<uuid:pk>/publish", feedback.feedback_publish, name="feedback_publish"),
]

ticket_urls = [
    # /windows/<pk>/tickets
    path("windows/<int:pk>/tickets", rating.ticket_add, name="ticket_add"),
]

review_urls = [
    # /reviews
    path("reviews", review.review_list, name="review_list"),
    path("reviews/<int:pk>", review.review_detail, name="review_detail"),
    path("reviews/<int:pk>/correct", review.review_correct, name="review_correct"),
    path("reviews/<str:kind>", review.review_person_list, name="review_person_list"),
    path("reviews/<str:kind>/<int:pk>", review.review_write, name="review_write"),
]

round_urls = [
    # /rounds
    path("rounds", round.round_list, name="round_list"),
    path("periods/<int:pk>/rounds/open", round.round_open, name="round_open"),
    path("rounds/<int:pk>", round.round_detail, name="round_detail"),
    path("rounds/<int:pk>/close", round.round_close, name="round_close"),
    path("rounds/<int:pk>/void", round.round_void, name="round_void"),
    path("rounds/<int:pk>/comments", round.comment_moderate, name="comment_moderate"),
    path("rounds/<int:pk>/ballot", peer.peer_ballot, name="peer_ballot"),
    path("rounds/<int:pk>/results/<int:person_pk>", peer.peer_result, name="peer_result"),
]

self_review_urls = [
    # /self-reviews
    path("periods/<int:pk>/self-review", self_review.self_review_write, name="self_review_write"),
    path("self-reviews/<int:pk>", self_review.self_review_detail, name="self_review_detail"),
]

urlpatterns = (
    public_urls + feedback_urls + ticket_urls + review_urls + round_urls + self_review_urls
)
