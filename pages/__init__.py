"""Pages that read every app and own no rows: home, venue."""
