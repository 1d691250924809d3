"""Outgoing mail: whether it is set up, and one message sent, with the reason in a word when it was not.

Plain text, to one person, without personal data: a message says that something waits, and where. The address of the
site comes from the settings and never from a request. `sending` sends; `address` reads the address of the mail server
and is read by the settings themselves. Not here: what a message says, and when it goes.
"""
