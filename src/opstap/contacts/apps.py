"""App of the contacts room."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Contacts and the next one."""

    name = "opstap.contacts"
    default_auto_field = "django.db.models.BigAutoField"
