"""How Opstap looks: the page shell, the components and the static files they need.

Every page extends `ui/base.html` (signed in) or `ui/bare.html` (sign-in, errors) and is built from the
classes and partials listed in `docs/components.md`; a page has no style sheet of its own.
`static/ui/vendor/` holds parts of others, listed in `vendor.toml`; they load in the cascade layer `vendor`,
so that a class of ours always wins. `static/ui/tokens.css` is the one place with colours, sizes and level colours.
`templatetags/ui_format.py` writes dates, numbers and shares as a reader of Dutch or English expects them.
No domain word lives here, no query, and no script that a page needs to work.
"""
