"""The printed programme (A4): its first page's head, the days with their sessions, the people."""
