"""What exhibitors have to do by when: reading how far they are, handing in, deciding, reminding."""
