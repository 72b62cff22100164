"""The plan of a hall as a file, each format written so that reading it gives the same plan again."""
