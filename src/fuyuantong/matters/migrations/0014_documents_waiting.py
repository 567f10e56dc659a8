"""Documents that wait for a signature are found without reading what else an organ has done inside itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0013_links_about")]

    operations = [
        migrations.AddIndex(
            "innerrecord",
            models.Index(
                fields=("organ", "recorded_at"),
                name="inner_record_documents",
                condition=models.Q(("kind", "document-proposed")),
            ),
        ),
    ]
