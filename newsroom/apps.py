"""The newsroom app, and the admin as the newsroom has it."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from newsroom import checks, sessions  # noqa: F401  # they register themselves


class NewsroomAdminConfig(AdminConfig):
    """Django's admin, with the desk as its site."""

    default_site = "newsroom.admin_site.NewsroomAdminSite"
