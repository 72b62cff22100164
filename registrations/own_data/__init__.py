"""Everything that is kept about one person, for her alone: to read (PDF) and to take along (JSON)."""
