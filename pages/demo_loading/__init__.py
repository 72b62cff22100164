"""Writes the records of pages.demo to the database, each part only where it is not there yet."""
