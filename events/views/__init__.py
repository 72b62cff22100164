"""The public pages of the agenda and the speakers. All of them read the current release."""
