"""Privacy: who looked at whom, looked over by the one whose task that is; how long dossiers are kept, and erasing them.

The log itself is written and followed in `audit`. Here it is read: as a list in words (`actions.toml` names what each
address is), as what is unusual about it with the reason (`logic.unusual`), and as a monthly sample of which each look
is judged. A `Judgement` is what the privacy officer says of one record.
Who does this sees client numbers and nothing else of a client: no dossier, no name.
"""
