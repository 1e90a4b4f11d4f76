"""On the way back: what no article has yet goes, for the schema before knew no such photos."""

from django.db import migrations


def _forget(apps, schema_editor):
    apps.get_model("articles", "Photo").objects.filter(article=None).delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0019_amend_photos")]

    operations = [migrations.RunPython(migrations.RunPython.noop, _forget)]
