"""The exhibition as visitors see it."""
