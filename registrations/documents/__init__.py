"""What is printed for people as PDF files, of one person or of many: badges, tickets, certificates."""

from registrations.documents.badges import render_badges
from registrations.documents.certificates import render_certificates
from registrations.documents.group import render_group
from registrations.documents.layouts import BadgeLayout
from registrations.documents.tickets import render_tickets

__all__ = ["BadgeLayout", "render_badges", "render_certificates", "render_group", "render_tickets"]
