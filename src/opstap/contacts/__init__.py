"""Contacts: what was said and when we speak again.

A `Contact` is a conversation that was held, missed or cancelled, with its kind and a short note; the next one is
agreed with it. At each contact the placement is looked at again: this room calls `ladder` to confirm it or leads to
the placement form. The lists of today and this week stand here.
Not here: norms, reminders and campaigns (rooms above), letters (later).
"""
