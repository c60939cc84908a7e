from typing import Any

from django.db import migrations


def fill(apps: Any, _schema_editor: Any) -> None:
    """As `Indicator.order_key` says; one statement for each indicator."""
    figures = apps.get_model("regions", "Figure")._base_manager
    for pk, position, name_key in apps.get_model("regions", "Indicator")._base_manager.values_list("pk", "position", "name_key"):
        figures.filter(indicator=pk).update(order_key=f"{position:010d}{name_key}")


class Migration(migrations.Migration):
    dependencies = [("regions", "0006_figure_order_key")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
