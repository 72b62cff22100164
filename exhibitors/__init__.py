"""The exhibition: halls and booths, who shows what where, and how a booth becomes an exhibitor's."""
