"""Pure parts of the audit room: what an entry of the access log says, and what was shown so far."""
