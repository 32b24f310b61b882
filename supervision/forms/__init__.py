from supervision.forms.inspection import DrawForm, InspectionForm
from supervision.forms.ledger import (
    LedgerAddForm,
    LedgerAnswerForm,
    LedgerPlanForm,
    LedgerRecheckForm,
    LedgerReportForm,
    LedgerSignOffForm,
)
from supervision.forms.urging import LateFilterForm, UrgeAnswerForm

__all__ = [
    "DrawForm",
    "InspectionForm",
    "LateFilterForm",
    "LedgerAddForm",
    "LedgerAnswerForm",
    "LedgerPlanForm",
    "LedgerRecheckForm",
    "LedgerReportForm",
    "LedgerSignOffForm",
    "UrgeAnswerForm",
]
