from supervision.forms.aftercare import (
    CallBackForm,
    LedgerRecheckForm,
    OutcomeForm,
    RecheckDrawForm,
    VerdictForm,
)
from supervision.forms.inspection import CheckingForm, DemandForm, DrawForm, InspectionForm
from supervision.forms.leading import SeatEndForm, SeatForm
from supervision.forms.ledger import (
    LedgerAddForm,
    LedgerAnswerForm,
    LedgerPlanForm,
    LedgerReportForm,
    LedgerSignOffForm,
)
from supervision.forms.robots import RobotForm
from supervision.forms.standing import GuideVisitForm, StandingAnswerForm, StandingForm
from supervision.forms.urging import LateFilterForm, UrgeAnswerForm

__all__ = [
    "CallBackForm",
    "CheckingForm",
    "DemandForm",
    "DrawForm",
    "GuideVisitForm",
    "InspectionForm",
    "LateFilterForm",
    "LedgerAddForm",
    "LedgerAnswerForm",
    "LedgerPlanForm",
    "LedgerRecheckForm",
    "LedgerReportForm",
    "LedgerSignOffForm",
    "OutcomeForm",
    "RecheckDrawForm",
    "RobotForm",
    "SeatEndForm",
    "SeatForm",
    "StandingAnswerForm",
    "StandingForm",
    "UrgeAnswerForm",
    "VerdictForm",
]
