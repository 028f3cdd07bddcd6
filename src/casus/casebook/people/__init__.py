"""Who works on a casebook: accounts, sessions, tokens, failed sign-ins, and the audit log."""
