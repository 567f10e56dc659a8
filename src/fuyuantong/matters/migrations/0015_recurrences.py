"""Links between matters that raise the same problem, or do not."""

from django.db import migrations, models

KINDS = ("child", "opened", "continues", "corrects", "case", "about", "recurs", "distinct")


class Migration(migrations.Migration):
    dependencies = [("matters", "0014_documents_waiting")]

    operations = [
        migrations.RemoveConstraint(model_name="link", name="link_kind_known"),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", list(KINDS))), name="link_kind_known"),
        ),
    ]
