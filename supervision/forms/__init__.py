from supervision.forms.inspection import DrawForm, InspectionForm
from supervision.forms.ledger import (
    LedgerAddForm,
    LedgerAnswerForm,
    LedgerPlanForm,
    LedgerRecheckForm,
    LedgerReportForm,
    LedgerSignOffForm,
)

__all__ = [
    "DrawForm",
    "InspectionForm",
    "LedgerAddForm",
    "LedgerAnswerForm",
    "LedgerPlanForm",
    "LedgerRecheckForm",
    "LedgerReportForm",
    "LedgerSignOffForm",
]
