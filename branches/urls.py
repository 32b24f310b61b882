from django.urls import path

from branches import views

app_name = "branches"

own_urls = [
    # /me
    path("me", views.me, name="me"),
    path("me/edit", views.me_edit, name="me_edit"),
    path("me/photo", views.photo_edit, name="photo_edit"),
    path("me/photo/consent", views.photo_consent, name="photo_consent"),
    path("me/photo/withdraw", views.photo_withdraw, name="photo_withdraw"),
    path("me/data", views.me_data, name="me_data"),
    path("me/data/export", views.me_export, name="me_export"),
    path("me/corrections/add", views.correction_add, name="correction_add"),
    path("me/password", views.password_change, name="password_change"),
]

person_urls = [
    # /people, /corrections
    path("corrections", views.correction_list, name="correction_list"),
    path("corrections/<int:pk>/answer", views.correction_answer, name="correction_answer"),
    path("people", views.person_list, name="person_list"),
    path("people/export", views.person_export, name="person_export"),
    path("people/roster", views.roster_export, name="roster_export"),
    path(
        "people/<int:pk>/reveal/<slug:field>",
        views.private_reveal,
        name="private_reveal",
    ),
    path("people/<int:pk>", views.person_detail, name="person_detail"),
    path("people/<int:pk>/edit", views.person_edit, name="person_edit"),
    path("people/promotions", views.promotion_list, name="promotion_list"),
    path("people/<int:pk>/promote", views.person_promote, name="person_promote"),
    path("people/<int:pk>/transfer", views.person_transfer, name="person_transfer"),
    path("people/<int:pk>/leave", views.person_leave, name="person_leave"),
    path("people/<int:pk>/photo", views.photo, name="photo"),
]

organisation_urls = [
    # /organisations
    path("organisations", views.organisation_list, name="organisation_list"),
    path("organisations/<int:pk>", views.organisation_detail, name="organisation_detail"),
    path("organisations/<int:pk>/add", views.organisation_add, name="organisation_add"),
    path("organisations/<int:pk>/edit", views.organisation_edit, name="organisation_edit"),
    path("organisations/<int:pk>/move", views.organisation_move, name="organisation_move"),
    path(
        "organisations/<int:pk>/dissolve",
        views.organisation_dissolve,
        name="organisation_dissolve",
    ),
    path("organisations/<int:pk>/merge", views.organisation_merge, name="organisation_merge"),
    path("organisations/<int:pk>/split", views.organisation_split, name="organisation_split"),
    path("organisations/<int:pk>/people/add", views.person_add, name="person_add"),
    path("organisations/<int:pk>/windows/add", views.window_add, name="window_add"),
]

window_urls = [
    # /windows
    path("windows", views.window_list, name="window_list"),
    path("windows/<int:pk>", views.window_detail, name="window_detail"),
    path("windows/<int:pk>/edit", views.window_edit, name="window_edit"),
    path("windows/<int:pk>/close", views.window_close, name="window_close"),
    path("windows/<int:pk>/posts/add", views.post_add, name="post_add"),
    path("posts/<int:pk>/end", views.post_end, name="post_end"),
]

account_urls = [
    # /accounts, /roles, /audit
    path("activate", views.activate, name="activate"),
    path("accounts", views.account_list, name="account_list"),
    path("accounts/slips", views.account_slips, name="account_slips"),
    path("accounts/<int:pk>/issue", views.account_issue, name="account_issue"),
    path("accounts/<int:pk>/disable", views.account_disable, name="account_disable"),
    path("accounts/<int:pk>/enable", views.account_enable, name="account_enable"),
    path("accounts/<int:pk>/roles/grant", views.role_grant, name="role_grant"),
    path("roles", views.role_list, name="role_list"),
    path("roles/<int:pk>/end", views.role_end, name="role_end"),
    path("audit", views.audit_list, name="audit_list"),
]

import_urls = [
    # /imports
    path("imports", views.import_list, name="import_list"),
    path("imports/new/<slug:kind>", views.import_add, name="import_add"),
    path("imports/new/<slug:kind>/template", views.import_template, name="import_template"),
    path("imports/<uuid:pk>", views.import_detail, name="import_detail"),
    path("imports/<uuid:pk>/columns", views.import_columns, name="import_columns"),
    path("imports/<uuid:pk>/errors", views.import_errors, name="import_errors"),
    path("imports/<uuid:pk>/apply", views.import_apply, name="import_apply"),
    path("imports/<uuid:pk>/undo", views.import_undo, name="import_undo"),
    path("imports/<uuid:pk>/discard", views.import_discard, name="import_discard"),
]

public_urls = [
    path("privacy", views.privacy, name="privacy"),
]

urlpatterns = (
    own_urls
    + person_urls
    + organisation_urls
    + window_urls
    + account_urls
    + import_urls
    + public_urls
)
