"""What happens at the doors: scans, stays, the telephones of the staff and what they are told."""
