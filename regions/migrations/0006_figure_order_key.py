import portal.publishing.models.sort_key
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regions", "0005_verification_grace_told")]

    operations = [
        migrations.AddField(
            model_name='figure',
            name='order_key',
            field=portal.publishing.models.sort_key.AsciiKeyField(default='', editable=False, max_length=210),
        ),
    ]
