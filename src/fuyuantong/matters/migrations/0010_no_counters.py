"""Counters go: nothing kept them up, and counts are read from sight itself (docs/adr/0008-counts-are-live.md)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0009_addressed"),
    ]

    operations = [
        migrations.DeleteModel(name="Counter"),
    ]
