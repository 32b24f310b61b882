from branches.actions.accounts import (
    CodeRefused,
    activate_account,
    change_password,
    disable_account,
    enable_account,
    issue_code,
    note_export,
    note_sign_in,
)
from branches.actions.names import new_username, pinyin_key
from branches.actions.organisations import (
    OrganisationRefused,
    add_organisation,
    dissolve_organisation,
    move_organisation,
    update_organisation,
)
from branches.actions.people import (
    PersonRefused,
    add_person,
    leave_person,
    transfer_person,
    update_person,
)
from branches.actions.photos import (
    PhotoRefused,
    consent_photo,
    reencoded_photo,
    set_photo,
    withdraw_photo,
)
from branches.actions.roles import RoleRefused, end_role, grant_role
from branches.actions.windows import (
    WindowRefused,
    add_post,
    add_window,
    close_window,
    end_post,
    update_window,
)

__all__ = [
    "CodeRefused",
    "OrganisationRefused",
    "PersonRefused",
    "PhotoRefused",
    "RoleRefused",
    "WindowRefused",
    "activate_account",
    "add_organisation",
    "add_person",
    "add_post",
    "add_window",
    "change_password",
    "close_window",
    "consent_photo",
    "disable_account",
    "dissolve_organisation",
    "enable_account",
    "end_post",
    "end_role",
    "grant_role",
    "issue_code",
    "leave_person",
    "move_organisation",
    "new_username",
    "note_export",
    "note_sign_in",
    "pinyin_key",
    "reencoded_photo",
    "set_photo",
    "transfer_person",
    "update_organisation",
    "update_person",
    "update_window",
    "withdraw_photo",
]
