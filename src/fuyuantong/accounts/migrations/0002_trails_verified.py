"""The result of verifying the trails stands on the security log too."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_accounts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="securityevent",
            name="security_event_kind_known",
        ),
        migrations.AddConstraint(
            model_name="securityevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "administered",
                            "administration-refused",
                            "codes-printed",
                            "factor-added",
                            "factor-removed",
                            "factor-rule-set",
                            "locked",
                            "password-changed",
                            "password-given",
                            "read-refused",
                            "session-ended",
                            "sign-in-failed",
                            "signed-in",
                            "signed-out",
                            "trails-verified",
                            "unlocked",
                        ],
                    )
                ),
                name="security_event_kind_known",
            ),
        ),
    ]
