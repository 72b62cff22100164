"""What exhibitors and organizers write to each other: threads, and one message to many."""
