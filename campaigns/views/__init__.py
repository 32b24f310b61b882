from campaigns.views.calendar import workday_delete, workday_list
from campaigns.views.campaign import campaign_detail, campaign_list, campaign_switch
from campaigns.views.duty import duty_list, duty_waive
from campaigns.views.scheme import scheme_detail, scheme_download, scheme_load

__all__ = [
    "campaign_detail",
    "campaign_list",
    "campaign_switch",
    "duty_list",
    "duty_waive",
    "scheme_detail",
    "scheme_download",
    "scheme_load",
    "workday_delete",
    "workday_list",
]
