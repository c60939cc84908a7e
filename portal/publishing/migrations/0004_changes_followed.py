from django.db import migrations, models
from django.db.models import OuterRef, Subquery

import portal.publishing.models.json_text


def number_and_name(apps, schema_editor):
    """A number for each row, in the order readers had them, and the address and owner of the entry as they are today."""
    Change, ContentState = (apps.get_model("publishing", name) for name in ("Change", "ContentState"))
    keys = list(Change.objects.order_by("seq", "pk").values_list("pk", flat=True))
    for seq, key in enumerate(keys, start=1):
        Change.objects.filter(pk=key).update(seq=seq)
    ContentState.objects.filter(seq__lt=len(keys)).update(seq=len(keys))
    for label in Change.objects.order_by().values_list("entry_type", flat=True).distinct():
        try:
            entries = apps.get_model(label).objects.filter(copy_of=None, uuid=OuterRef("entry_uuid"))
        except LookupError:
            continue
        owner = "slug" if label == "regions.region" else "region__slug"
        rows = Change.objects.filter(entry_type=label).annotate(
            new_slug=Subquery(entries.values("slug")[:1]), owner=Subquery(entries.values(owner)[:1])
        )
        for row in rows.filter(new_slug__isnull=False):
            Change.objects.filter(pk=row.pk).update(slug=row.new_slug, region=row.owner)
    Change.objects.filter(slug="").delete()  # of entries that are no more: nobody could follow them before


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0003_working_copies"),
        ("regions", "0004_working_copies"),
        ("policies", "0004_working_copies"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="change", options={"ordering": ("effective_at", "seq"), "verbose_name": "变更"}
        ),
        migrations.RemoveIndex(model_name="change", name="change_by_time"),
        migrations.AddField(model_name="change", name="slug", field=models.CharField(default="", max_length=100), preserve_default=False),
        migrations.AddField(model_name="change", name="region", field=models.CharField(default="", max_length=100), preserve_default=False),
        migrations.AddField(model_name="change", name="region_before", field=models.CharField(blank=True, max_length=100)),
        migrations.AddField(
            model_name="change", name="fields", field=portal.publishing.models.json_text.JsonTextField(default=list)
        ),
        migrations.AddField(model_name="contentstate", name="pruned_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="contentstate", name="pruned_seq", field=models.BigIntegerField(default=0)),
        migrations.RunPython(number_and_name, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(model_name="change", name="seq", field=models.BigIntegerField(unique=True)),
        migrations.AddIndex(
            model_name="change", index=models.Index(fields=["effective_at", "seq"], name="change_by_time")
        ),
    ]
