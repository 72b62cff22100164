"""Real PostgreSQL, Valkey and a mail catcher for development and tests. Imports no app of the site."""
