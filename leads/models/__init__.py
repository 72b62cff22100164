"""The staff of exhibitors, and the visitors who let an exhibitor scan their badge."""

from leads.models.lead import Lead, LeadQuestion, LeadVisit
from leads.models.passes import PassSetting, StaffPass
from leads.models.scanner import LeadScanner

__all__ = ["Lead", "LeadQuestion", "LeadScanner", "LeadVisit", "PassSetting", "StaffPass"]
