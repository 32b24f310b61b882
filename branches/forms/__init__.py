from branches.forms.accounts import ActivationForm, PasswordForm, SignInForm
from branches.forms.corrections import CorrectionAnswerForm, CorrectionForm
from branches.forms.filters import (
    AccountFilter,
    AuditFilter,
    PersonFilter,
    RoleFilter,
    WindowFilter,
)
from branches.forms.imports import ColumnsForm, RowFilterForm, UploadForm
from branches.forms.lifecycle import MergeForm, PromoteForm, SlipsForm, SplitForm
from branches.forms.organisations import (
    OrganisationAddForm,
    OrganisationDissolveForm,
    OrganisationForm,
    OrganisationMoveForm,
)
from branches.forms.people import (
    LeaveForm,
    OwnForm,
    PersonAddForm,
    PersonForm,
    PhotoForm,
    TransferForm,
)
from branches.forms.private import ReasonForm, RosterForm
from branches.forms.roles import RoleEndForm, RoleForm
from branches.forms.windows import PostForm, WindowForm

__all__ = [
    "AccountFilter",
    "ActivationForm",
    "AuditFilter",
    "ColumnsForm",
    "CorrectionAnswerForm",
    "CorrectionForm",
    "LeaveForm",
    "MergeForm",
    "OrganisationAddForm",
    "OrganisationDissolveForm",
    "OrganisationForm",
    "OrganisationMoveForm",
    "OwnForm",
    "PasswordForm",
    "PersonAddForm",
    "PersonFilter",
    "PersonForm",
    "PhotoForm",
    "PostForm",
    "PromoteForm",
    "ReasonForm",
    "RoleEndForm",
    "RoleFilter",
    "RoleForm",
    "RosterForm",
    "RowFilterForm",
    "SignInForm",
    "SlipsForm",
    "SplitForm",
    "TransferForm",
    "UploadForm",
    "WindowFilter",
    "WindowForm",
]
