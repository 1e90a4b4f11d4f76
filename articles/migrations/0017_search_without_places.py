"""Markers like `[foto 2]` are left out of what is searched: docs/adr/0041.

The column is derived, has the same name as before, and is written by PostgreSQL alone, so that the previous
release goes on with it. It is computed anew in one go, during which articles wait: some minutes a million.
`0022_search_index` builds its index beside the writing.
"""

from functools import reduce
from operator import add

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models import Func, Value

BODY = Func(
    "body",
    Value(r"<p>\[foto (\d{1,3})\]</p>"),
    Value(""),
    Value("g"),
    function="regexp_replace",
    output_field=models.TextField(),
)
VECTORS = [
    SearchVector(field, config=config, weight=weight)
    for config in ("indonesian", "simple")
    for field, weight in (("title", "A"), ("lead", "B"), (BODY, "C"))
]


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_newest_by_office")]

    operations = [
        migrations.RemoveIndex(model_name="article", name="article_search"),
        migrations.RemoveField(model_name="article", name="search"),
        migrations.AddField(
            model_name="article",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                editable=False,
                expression=reduce(add, VECTORS),
                output_field=SearchVectorField(),
            ),
        ),
    ]
