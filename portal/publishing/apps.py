from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules, import_string
from django.utils.translation import pgettext_lazy

from portal.publishing.append_only import drop_before_migrating, install_after_migrating


class PublishingConfig(AppConfig):
    name = "portal.publishing"
    verbose_name = pgettext_lazy("菜单", "发布")

    def ready(self) -> None:
        pre_migrate.connect(drop_before_migrating, sender=self)
        post_migrate.connect(install_after_migrating, sender=self)
        post_migrate.connect(import_string("portal.publishing.search_entries.build_after_migrating"), sender=self)
        register(import_string("portal.publishing.trail_check.triggers_are_there"), Tags.database)
        import_string("portal.publishing.people_audit.listen")()
        autodiscover_modules("gate")
