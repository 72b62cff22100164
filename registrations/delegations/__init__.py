"""Delegations: opened by a lead, filled by her with a list or with links, kept until the forum begins.

Order of locks: quotas, types, invitations, the delegation, registrations.
"""
