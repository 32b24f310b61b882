from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("competitions", "0005_check_public_cases_again")]

    operations = [
        migrations.RemoveField(
            model_name="case",
            name="published_on",
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "live"), _negated=True),
                    models.Q(("checked_by__isnull", False), ("published_at__isnull", False)),
                    _connector="OR",
                ),
                name="case_live_was_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_by", None),
                    models.Q(
                        ("proposed_by__isnull", False),
                        models.Q(("checked_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="case_checked_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(
                        models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                        models.Q(("approved_by", models.F("checked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="case_approved_by_a_third",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "down"), _negated=True),
                    models.Q(("down_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="case_down_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "warning"), _negated=True),
                    ("state", "draft"),
                    _connector="OR",
                ),
                name="case_warning_stays_inside",
            ),
        ),
    ]
