"""Who comes: types with capacity, registrations, tickets, consents."""
