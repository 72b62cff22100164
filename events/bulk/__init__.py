"""Editing many sessions in one go: plans that are shown first and then taken as one step, or not at all."""
