"""Rows copied from a spreadsheet, pasted into the draft.

Text → ``reading`` (rows of cells under known columns) → ``cells`` (what a day, a time or a length is) →
``matching`` (which session a row is about) → ``planning`` (a plan that is shown before it is done).
"""
