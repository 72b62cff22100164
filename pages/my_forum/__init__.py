"""What a visitor has chosen of the forum: stars, seats and invitations, as one page and one calendar."""
