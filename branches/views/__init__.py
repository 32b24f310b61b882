from branches.views.accounts import (
    SignIn,
    account_disable,
    account_enable,
    account_issue,
    account_list,
    activate,
    password_change,
)
from branches.views.audit import audit_list
from branches.views.organisations import (
    organisation_add,
    organisation_detail,
    organisation_dissolve,
    organisation_edit,
    organisation_list,
    organisation_move,
)
from branches.views.own import me, me_edit, photo_consent, photo_edit, photo_withdraw
from branches.views.people import (
    person_add,
    person_detail,
    person_edit,
    person_export,
    person_leave,
    person_list,
    person_transfer,
)
from branches.views.public import photo, privacy
from branches.views.roles import role_end, role_grant, role_list
from branches.views.windows import (
    post_add,
    post_end,
    window_add,
    window_close,
    window_detail,
    window_edit,
)

__all__ = [
    "SignIn",
    "account_disable",
    "account_enable",
    "account_issue",
    "account_list",
    "activate",
    "audit_list",
    "me",
    "me_edit",
    "organisation_add",
    "organisation_detail",
    "organisation_dissolve",
    "organisation_edit",
    "organisation_list",
    "organisation_move",
    "password_change",
    "person_add",
    "person_detail",
    "person_edit",
    "person_export",
    "person_leave",
    "person_list",
    "person_transfer",
    "photo",
    "photo_consent",
    "photo_edit",
    "photo_withdraw",
    "post_add",
    "post_end",
    "privacy",
    "role_end",
    "role_grant",
    "role_list",
    "window_add",
    "window_close",
    "window_detail",
    "window_edit",
]
