"""Measurements: run by hand, results kept in bench/README.md."""
