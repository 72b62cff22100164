"""A mail server that delivers to nobody: it keeps every mail and shows it, and fails on request.

For development and tests alone. ``python -m embedded.mail_catcher`` runs it with its inbox page;
``MailCatcher`` runs the SMTP part inside a test process.
"""

from embedded.mail_catcher.smtp import Fault, MailCatcher
from embedded.mail_catcher.store import MailStore, Stored

__all__ = ["Fault", "MailCatcher", "MailStore", "Stored"]
