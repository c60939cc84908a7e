from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"
FILES = ("synonyms.txt", "districts.txt")


def ship(apps, schema_editor):
    """Add the pairs that come with the portal; staff change them as they like, and a later release adds none by itself."""
    model = apps.get_model("search", "Synonym")
    model.objects.bulk_create([model(**one) for one in _pairs()], ignore_conflicts=True)
    apps.get_model("search", "SearchState").objects.update_or_create(pk=1, defaults={"words": 1})


def _pairs():
    for name in FILES:
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                term, sign, others = line.split(" ", 2)
                yield {"term": term, "equivalents": others.strip(), "both_ways": sign == "="}


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
