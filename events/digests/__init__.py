"""Telling people of a release: which changes are news for whom, and the mail that says so."""
