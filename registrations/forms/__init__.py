"""The forms of visitors: to register, and to correct a registration."""
