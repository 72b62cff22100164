"""The transactional outbox: what was decided is mailed exactly once, whatever dies in between."""
