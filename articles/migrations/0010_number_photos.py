"""Photos that are there get their numbers, in the order in which they came."""

from django.db import migrations

NUMBER = """
UPDATE articles_photo SET number = numbered.place
FROM (
    SELECT id, row_number() OVER (PARTITION BY article_id ORDER BY id) AS place FROM articles_photo
) AS numbered
WHERE numbered.id = articles_photo.id AND articles_photo.number IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM articles_photo AS other
    WHERE other.article_id = articles_photo.article_id AND other.number IS NOT NULL
  )
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_photos")]

    operations = [migrations.RunSQL(NUMBER, migrations.RunSQL.noop)]
