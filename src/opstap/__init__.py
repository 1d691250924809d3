"""Opstap: follows people on social assistance on the participation ladder. See ARCHITECTURE.md for the rooms."""
