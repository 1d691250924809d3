"""Foundation: named tools without a domain word, used by every room above.

Each tool is a package of its own: `dates` (days, moments, the clock), `crypto` (keys, encryption, look-up, seals),
`references` (opaque addresses), `once` (a form that comes twice), `appendonly` (triggers that refuse change),
`bulk` (many rows in), `registry` (lists that config fills at start), `help` (what stands beside a field),
`spreadsheets`, `charts`, `documents` (a page as PDF), `disks` (on what kind of disk a file stands), `snapshots` (a
whole database, taken and put back) and `ui`.
Not here: anything that knows a client, a level or a municipality. There is no `utils`.
"""
