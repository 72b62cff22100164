"""Words on paper: the faces of the site as TrueType, for PDF files and pictures."""
