"""A draft, or a file that cannot be read, may be given up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0005_organisation"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="planversion",
            name="plan_version_state_known",
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["abandoned", "draft", "published", "superseded", "unreadable"])),
                name="plan_version_state_known",
            ),
        ),
    ]
