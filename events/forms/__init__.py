"""Forms of the organizers."""
