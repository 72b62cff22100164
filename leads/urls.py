"""Addresses of exhibitors' staff and leads, and of the visitors they scan."""

from django.urls import path

from leads.views import contacts, portal_leads, scanners, staff

app_name = "leads"
_OF = "exhibitor/<slug:slug>/"
urlpatterns = [
    path(f"{_OF}staff/", staff.staff, name="staff"),
    path(f"{_OF}staff/new/", staff.new, name="staff_new"),
    path(f"{_OF}staff/<int:pk>/", staff.person, name="staff_person"),
    path(f"{_OF}staff/<int:pk>/deed/", staff.deed, name="staff_deed"),
    path(f"{_OF}leads/", portal_leads.leads, name="leads"),
    path(f"{_OF}leads/<int:number>/", portal_leads.lead, name="leads_lead"),
    path(f"{_OF}leads/leads.csv", portal_leads.file, {"ending": "csv"}, name="leads_csv"),
    path(f"{_OF}leads/leads.xlsx", portal_leads.file, {"ending": "xlsx"}, name="leads_xlsx"),
    path(f"{_OF}leads/scanners/", scanners.scanners, name="leads_scanners"),
    path(f"{_OF}leads/scanners/<uuid:key>/", scanners.scanner, name="leads_scanner"),
    path(f"{_OF}leads/questions/new/", scanners.question, name="leads_question_new"),
    path(f"{_OF}leads/questions/<int:pk>/", scanners.question, name="leads_question"),
    path(f"{_OF}leads/questions/<int:pk>/end/", scanners.question_end, name="leads_question_end"),
    path("registration/<str:code>/<str:token>/contacts/", contacts.contacts, name="contacts"),
    path("contact/<str:key>/", contacts.ask, name="ask"),
]
