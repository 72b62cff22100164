"""Pages of visitors who register, and of people who hold a ticket."""
