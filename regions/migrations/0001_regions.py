"""The regions and what the database refuses about them."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import regions.search


class Migration(migrations.Migration):
    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "code",
                    models.CharField(db_collation="C", max_length=13, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("province", "Provinsi"),
                            ("regency", "Kabupaten"),
                            ("city", "Kota"),
                            ("district", "Kecamatan"),
                            ("village", "Desa"),
                            ("urban_village", "Kelurahan"),
                            ("customary_village", "Desa Adat"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Province"), (2, "Regency or city"), (3, "District"), (4, "Village")]
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        choices=[
                            ("Asia/Jakarta", "WIB"),
                            ("Asia/Makassar", "WITA"),
                            ("Asia/Jayapura", "WIT"),
                        ],
                        max_length=20,
                    ),
                ),
                ("full_name", models.CharField(max_length=200)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="regions.region",
                    ),
                ),
            ],
            options={
                "ordering": ("code",),
                "indexes": [
                    models.Index(fields=["parent", "name"], name="region_children"),
                    django.contrib.postgres.indexes.GinIndex(
                        regions.search.Words("name"), fastupdate=False, name="region_name_words"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        regions.search.Words("full_name"), fastupdate=False, name="region_full_name_words"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", 1), ("code__regex", "^[0-9]{2}$")),
                            models.Q(("level", 2), ("code__regex", "^[0-9]{2}\\.[0-9]{2}$")),
                            models.Q(("level", 3), ("code__regex", "^[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}$")),
                            models.Q(
                                ("level", 4), ("code__regex", "^[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}\\.[0-9]{4}$")
                            ),
                            _connector="OR",
                        ),
                        name="region_level_fits_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", 1), ("kind__in", ("province",))),
                            models.Q(("level", 2), ("kind__in", ("regency", "city"))),
                            models.Q(("level", 3), ("kind__in", ("district",))),
                            models.Q(
                                ("level", 4), ("kind__in", ("village", "urban_village", "customary_village"))
                            ),
                            _connector="OR",
                        ),
                        name="region_kind_fits_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", 1), ("parent", None)),
                            models.Q(
                                ("level__gt", 1),
                                (
                                    "parent",
                                    models.Func(
                                        models.F("code"),
                                        models.Value("\\.[0-9]+$"),
                                        models.Value(""),
                                        function="regexp_replace",
                                    ),
                                ),
                                ("parent__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="region_parent_fits_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("time_zone__in", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
                        ),
                        name="region_time_zone_is_known",
                    ),
                ],
            },
        ),
    )
