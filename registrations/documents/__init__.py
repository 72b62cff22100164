"""What is printed for people: badges and tickets as PDF files, of one person or of many."""

from registrations.documents.badges import render_badges
from registrations.documents.layouts import BadgeLayout
from registrations.documents.tickets import render_tickets

__all__ = ["BadgeLayout", "render_badges", "render_tickets"]
