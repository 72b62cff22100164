"""Lists of people from spreadsheets: of a delegation's lead, or of an organizer who brings them along."""
