"""Files that organizers give to exhibitors."""
