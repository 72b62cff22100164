"""What every app may use and no app owns: errors, languages, dates, locks, limits. No models."""
