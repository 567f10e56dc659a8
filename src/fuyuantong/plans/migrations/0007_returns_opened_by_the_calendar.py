"""A due item may open a return of its own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0014_documents_waiting"), ("plans", "0006_abandoned_versions")]

    operations = [
        migrations.AddField(
            model_name="dueitem",
            name="matter",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
            ),
        ),
    ]
