from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Keep the audit trail from now on, and name this app's mails."""
        # Models are not loaded yet when this module is imported.
        from accounts import audit, mails, security_trail
        from core.audit import recorded

        recorded.connect(audit.write_entry, dispatch_uid="accounts.audit.write_entry")
        security_trail.connect()
        mails.register_kinds()
