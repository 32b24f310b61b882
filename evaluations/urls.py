from django.urls import path

from evaluations.views import (
    appraisal,
    bulletin,
    feedback,
    kiosk,
    meeting,
    named,
    paper,
    peer,
    poll,
    poll_answer,
    rating,
    review,
    round,
    round_open,
    self_review,
    suggestion,
)

app_name = "evaluations"

public_urls = [
    # without signing in
    path("r/<str:code>/", rating.window_rate, name="window_rate"),
    path("t/<str:code>/", rating.ticket_rate, name="ticket_rate"),
    path("box/<str:code>/", suggestion.suggestion_window, name="suggestion_window"),
    path("box/branch/<str:code>/", suggestion.suggestion_branch, name="suggestion_branch"),
    path("vote/<str:code>/", poll_answer.poll_answer, name="poll_answer"),
    path("v/<str:slug>/", poll_answer.poll_open, name="poll_open"),
    path("supervisor/<str:code>/", poll_answer.supervisor_today, name="supervisor_today"),
    path("k/<str:code>/", kiosk.kiosk_rate, name="kiosk_rate"),
    path("receipt", feedback.feedback_follow, name="feedback_follow"),
]

feedback_urls = [
    # /feedback
    path("bulletins/add", bulletin.bulletin_add, name="bulletin_add"),
    path("bulletins/comments/add", bulletin.comment_bulletin_add, name="comment_bulletin_add"),
    path("feedback", feedback.feedback_list, name="feedback_list"),
    path("feedback/<uuid:pk>", feedback.feedback_detail, name="feedback_detail"),
    path("feedback/<uuid:pk>/answer", feedback.feedback_answer, name="feedback_answer"),
    path("feedback/<uuid:pk>/assign", feedback.feedback_assign, name="feedback_assign"),
    path("feedback/<uuid:pk>/appeal", feedback.feedback_appeal, name="feedback_appeal"),
    path("feedback/<uuid:pk>/decide", feedback.feedback_decide, name="feedback_decide"),
    path("feedback/<uuid:pk>/call", feedback.feedback_call_back, name="feedback_call_back"),
    path("feedback/<uuid:pk>/publish", feedback.feedback_publish, name="feedback_publish"),
    path("feedback/<uuid:pk>/down", feedback.feedback_take_down, name="feedback_take_down"),
]

ticket_urls = [
    # /windows/<pk>/tickets
    path("windows/<int:pk>/tickets", rating.ticket_add, name="ticket_add"),
    path("windows/<int:pk>/ticket", kiosk.ticket_hand, name="ticket_hand"),
    path("windows/<int:pk>/kiosks", kiosk.kiosk_list, name="kiosk_list"),
    path("kiosks/<int:pk>/retire", kiosk.kiosk_retire, name="kiosk_retire"),
    path("ratings", kiosk.rating_list, name="rating_list"),
]

poll_urls = [
    # /polls
    path("polls", poll.poll_list, name="poll_list"),
    path("polls/add", poll.poll_add, name="poll_add"),
    path("polls/<int:pk>", poll.poll_detail, name="poll_detail"),
    path("polls/<int:pk>/codes", poll.poll_codes, name="poll_codes"),
    path("polls/<int:pk>/close", poll.poll_close, name="poll_close"),
    path("supervisors", poll.supervisor_list, name="supervisor_list"),
    path("supervisors/add", poll.supervisor_add, name="supervisor_add"),
    path("supervisors/<int:pk>/end", poll.supervisor_end, name="supervisor_end"),
]

paper_urls = [
    # /paper
    path("paper", paper.paper_list, name="paper_list"),
    path("paper/<int:pk>", paper.paper_detail, name="paper_detail"),
    path("windows/<int:pk>/paper", paper.paper_window, name="paper_window"),
    path("polls/<int:pk>/paper", paper.paper_poll, name="paper_poll"),
]

meeting_urls = [
    # /meetings
    path("meetings", meeting.meeting_list, name="meeting_list"),
    path("organisations/<int:pk>/meetings/add", meeting.meeting_add, name="meeting_add"),
    path("meetings/<int:pk>", meeting.meeting_detail, name="meeting_detail"),
    path("meetings/<int:pk>/edit", meeting.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/comments", meeting.meeting_comment, name="meeting_comment"),
    path("meetings/<int:pk>/publish", meeting.meeting_publish, name="meeting_publish"),
    path("meetings/<int:pk>/minutes", meeting.meeting_minutes, name="meeting_minutes"),
    path("meetings/<int:pk>/offer", meeting.meeting_offer, name="meeting_offer"),
    path("meetings/<int:pk>/follow-ups/add", meeting.follow_up_add, name="follow_up_add"),
    path("follow-ups", meeting.follow_up_list, name="follow_up_list"),
    path("follow-ups/<int:pk>/done", meeting.follow_up_done, name="follow_up_done"),
]

appraisal_urls = [
    # /appraisals
    path("appraisals", appraisal.appraisal_list, name="appraisal_list"),
    path("organisations/<int:pk>/appraisal", appraisal.appraisal_edit, name="appraisal_edit"),
    path("periods/<int:pk>/file", appraisal.review_file, name="review_file"),
    path("periods/<int:pk>/file/<int:person_pk>", appraisal.person_file, name="person_file"),
    path(
        "periods/<int:pk>/file/<int:person_pk>/letter",
        appraisal.review_letter,
        name="review_letter",
    ),
]

review_urls = [
    # /reviews
    path("reviews", review.review_list, name="review_list"),
    path("reviews/<int:pk>", review.review_detail, name="review_detail"),
    path("reviews/<int:pk>/correct", review.review_correct, name="review_correct"),
    path("reviews/clock", review.review_clock, name="review_clock"),
    path("reviews/<str:kind>", review.review_person_list, name="review_person_list"),
    path("reviews/<str:kind>/<int:pk>", review.review_write, name="review_write"),
]

round_urls = [
    # /rounds
    path("rounds", round.round_list, name="round_list"),
    path("periods/<int:pk>/rounds/open", round_open.round_open, name="round_open"),
    path("periods/<int:pk>/rounds/small", round_open.round_small, name="round_small"),
    path("rounds/opening/<uuid:pk>", round_open.round_opening, name="round_opening"),
    path("rounds/<int:pk>", round.round_detail, name="round_detail"),
    path("rounds/<int:pk>/close", round.round_close, name="round_close"),
    path("rounds/<int:pk>/void", round.round_void, name="round_void"),
    path("rounds/<int:pk>/comments", round.comment_moderate, name="comment_moderate"),
    path("rounds/<int:pk>/ballot", peer.peer_ballot, name="peer_ballot"),
    path("rounds/<int:pk>/named", named.named_ballot, name="named_ballot"),
    path("rounds/<int:pk>/paper", paper.paper_round, name="paper_round"),
    path("rounds/<int:pk>/paper/sheet", round.round_sheet, name="round_sheet"),
    path("rounds/<int:pk>/results/<int:person_pk>", peer.peer_result, name="peer_result"),
]

self_review_urls = [
    # /self-reviews
    path("periods/<int:pk>/self-review", self_review.self_review_write, name="self_review_write"),
    path("self-reviews/<int:pk>", self_review.self_review_detail, name="self_review_detail"),
]

urlpatterns = [
    *public_urls,
    *feedback_urls,
    *ticket_urls,
    *poll_urls,
    *paper_urls,
    *meeting_urls,
    *appraisal_urls,
    *review_urls,
    *round_urls,
    *self_review_urls,
]
