"""What exhibitors and their telephones send."""
