"""The plan of a hall as one thing: its items, what is wrong with it, arranging several, and as a file."""
