from django.db import migrations

from portal.search.shipped import ship_synonyms


def ship(apps, schema_editor):
    ship_synonyms(apps.get_model("search", "Synonym"))
    apps.get_model("search", "SearchState").objects.update_or_create(pk=1, defaults={"words": 1})


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
