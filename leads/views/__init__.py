"""Pages of exhibitors, their telephones and the visitors they scan."""
