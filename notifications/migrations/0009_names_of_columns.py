"""What administrators read of dead letters has names in every language. No column changes."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0008_by_email_or_not"),
    ]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="bundle",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Single"),
                    ("desk", "Desk"),
                    ("daily", "Daily digest"),
                    ("weekly", "Weekly digest"),
                ],
                default="",
                max_length=6,
                verbose_name="bundle",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="channel",
            field=models.CharField(
                choices=[("email", "E-mail"), ("push", "Push"), ("telegram", "Telegram")],
                default="email",
                max_length=8,
                verbose_name="channel",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="due_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="due"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="ended_at",
            field=models.DateTimeField(null=True, verbose_name="ended"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="error",
            field=models.CharField(blank=True, max_length=300, verbose_name="why it was not sent"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("sent", "Sent"),
                    ("dropped", "Not needed any more"),
                    ("failed", "Failed"),
                ],
                default="waiting",
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="story",
            name="kind",
            field=models.CharField(
                choices=[
                    ("news", "News"),
                    ("event", "Events"),
                    ("decision", "Decisions"),
                    ("membership", "Membership"),
                    ("desk", "Desk"),
                    ("announcement", "Announcements"),
                    ("aspiration", "Aspirations"),
                    ("account", "Account"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
    ]
