"""People, organizations, roles per forum and the audit trail."""
