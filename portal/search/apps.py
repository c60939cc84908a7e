from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "portal.search"
    verbose_name = _("搜索")

    def ready(self) -> None:
        post_migrate.connect(import_string("portal.search.tables.make_tables"), sender=self)
