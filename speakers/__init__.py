"""The people on stage."""
