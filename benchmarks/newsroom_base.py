"""Rows of the newsroom at any size, by INSERT … SELECT: how many, where, and of which texts.

What waits at an office does not depend on the size: in each kabupaten as much of everything waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from typing import Any

from django.db import connection, models

from benchmarks.selecting import insert, quoted

DAYS = 730
POOL = 20_000
VOCABULARY = 6_000
# Of each kabupaten: how many of its communities have something of each kind waiting.
BUSY = 5
SIGNED = 8  # places of a signature; 64 in the portal, and compared there only for what the bands have found
BANDS = 16


@dataclass(frozen=True)
class Sizes:
    """How many of each; the people come on top of the managers."""

    articles: int
    people: int
    amendments: int
    cases: int
    replies: int
    fact_checks: int
    revisions: int
    activities: int
    notifications: int
    aspirations: int
    announcements: int

    @classmethod
    def of(cls, articles: int) -> Sizes:
        """In the proportions of the nation: five million articles (PRODUCT.md, Size to design for)."""
        return cls(
            articles=articles,
            people=articles // 5,
            amendments=max(articles * 6 // 100, 100),
            cases=max(articles * 4 // 100, 100),
            replies=max(articles // 100, 100),
            fact_checks=max(articles // 100, 100),
            revisions=articles * 2 // 5,
            activities=articles,
            notifications=articles,
            aspirations=max(articles * 4 // 100, 100),
            announcements=max(articles * 4 // 1000, 100),
        )


class Rows:
    """Writes them, table by table; `counts` says how many, `first` where each begins."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.counts: dict[str, int] = {}
        self.first: dict[str, int] = {}
        self._lend_columns()
        self._places()
        self._pool()

    def put(self, model: type[models.Model], source: str, /, **columns: str) -> None:
        """Write and count."""
        name = model._meta.db_table
        self.counts[name] = self.counts.get(name, 0) + insert(model, source, **columns)

    def start_of(self, model: type[models.Model]) -> int:
        """The first free key of a table."""
        found = one(f'SELECT coalesce(max(id), 0) + 1 FROM "{model._meta.db_table}"')  # noqa: S608
        self.first[model._meta.db_table] = found
        return found

    def of(self, model: type[models.Model]) -> int:
        """The first key that was written to a table."""
        return self.first[model._meta.db_table]

    def spread_source(self, number: int) -> str:
        """So many numbers `n`, each with a place and a text."""
        return (
            f"generate_series(1, {number}::bigint) AS n"
            f" JOIN bench_place ON i = n * {self.spread} % {self.places}"
            f" JOIN bench_text ON k = n * 31 % {POOL}"
        )

    def of_each_busy(self) -> str:
        """A public article of each community of which something waits, found by its key."""
        from articles.models import Article

        back = pow(self.spread, -1, self.places)
        first = self.of(Article)
        keys = f"{first - 1} + {self.places} * t + i * {back} % {self.places}"
        article = (
            f"SELECT * FROM articles_article WHERE id = ANY (ARRAY(SELECT {keys} FROM generate_series(1, 9) AS t))"  # noqa: S608, E501
            " AND status = 'approved' ORDER BY id LIMIT 1"
        )
        busy = f"SELECT * FROM bench_place WHERE rank < {BUSY}"  # noqa: S608
        return f"({busy}) AS busy JOIN LATERAL ({article}) AS item ON true"

    def about_articles(self, number: int) -> str:
        """So many numbers `n`, each with an article as `item`, over all of them."""
        from articles.models import Article

        step = max(self.sizes.articles // number, 1)
        return (
            f"generate_series(1, {number}::bigint) AS n"
            f" JOIN articles_article AS item ON item.id = {self.of(Article)} + n * {step} - 1"
        )

    def _lend_columns(self) -> None:
        """Search vectors are copied from a few texts: made for each row, they take longer than all else."""
        from articles.models import Article
        from factchecks.models import FactCheck

        do("SET CONSTRAINTS ALL IMMEDIATE")  # nothing is changed of a table whose rows wait to be looked at
        for model in (Article, FactCheck):
            do(f'ALTER TABLE "{model._meta.db_table}" ALTER COLUMN search DROP EXPRESSION')
        do("SET CONSTRAINTS ALL DEFERRED")

    def _places(self) -> None:
        """The communities that publish, numbered, and how busy each is within its kabupaten."""
        do("DROP TABLE IF EXISTS bench_place")
        do("""
            CREATE TABLE bench_place AS
            SELECT row_number() OVER (ORDER BY id) - 1 AS i, id AS community, region_id AS region,
                created_by_id AS manager,
                row_number() OVER (PARTITION BY left(region_id, 5) ORDER BY region_id, id) - 1 AS rank
            FROM communities_community AS kim
            WHERE status = 'approved' AND kind <> 'forum' AND EXISTS (
                SELECT FROM communities_membership WHERE community_id = kim.id AND user_id = created_by_id)
        """)
        do("CREATE UNIQUE INDEX bench_place_i ON bench_place (i)")
        do("ANALYZE bench_place")
        self.places = one("SELECT count(*) FROM bench_place")
        # Any number is spread over all places and all months alike.
        self.spread = next(step for step in range(7919, 10_000) if gcd(step, self.places) == 1)

    def _pool(self) -> None:
        """Texts to choose from; few words are in many of them, and most words in few."""
        do("DROP TABLE IF EXISTS bench_text")
        do(f"""
            CREATE TABLE bench_text AS
            SELECT k, array_to_string(words[1:6], ' ') AS title, array_to_string(words[1:6], '-') AS slug,
                array_to_string(words[7:16], ' ') AS lead,
                '<p>' || array_to_string(words[7:36], ' ') || '</p>' AS body
            FROM (
                SELECT k, array_agg(word ORDER BY place) AS words
                FROM generate_series(0, {POOL} - 1) AS k, generate_series(1, 36) AS place,
                LATERAL (SELECT CASE WHEN one.w < {len(KNOWN)} THEN ({array(KNOWN)})[one.w + 1]
                    ELSE 'kata' || translate(one.w::text, '0123456789', 'abdefghijk') END AS word
                    FROM (SELECT floor({VOCABULARY} * power(mod(abs(hashint8(k * 64 + place)), 100000)
                        / 100000.0, 3))::int AS w) AS one) AS chosen
                GROUP BY k
            ) AS made
        """)  # noqa: S608 - our own words
        do("ALTER TABLE bench_text ADD COLUMN search tsvector")
        do("""
            UPDATE bench_text SET search =
                setweight(to_tsvector('indonesian', title), 'A')
                || setweight(to_tsvector('indonesian', lead), 'B')
                || setweight(to_tsvector('indonesian', body), 'C')
                || setweight(to_tsvector('simple', title), 'A')
                || setweight(to_tsvector('simple', lead), 'B')
                || setweight(to_tsvector('simple', body), 'C')
        """)
        do("CREATE UNIQUE INDEX bench_text_k ON bench_text (k)")
        do("ANALYZE bench_text")


# Words that a test can look for; the others are made up.
KNOWN = (
    "warga", "desa", "sungai", "panen", "padi", "gotong", "royong", "sekolah", "posyandu", "jalan",
    "jembatan", "pasar", "kopi", "karet", "banjir", "pelatihan", "pemuda", "ibu", "anak", "balai", "rapat",
    "dana",
)  # fmt: skip
# Who decided it all, and who has written as a reader.
OFFICER = "(SELECT min(user_id) FROM accounts_posting)"
READER = "(SELECT max(id) FROM accounts_user)"


def ago(number: int) -> str:
    """When row n of so many happened: the last one now, the first long ago."""
    return f"now() - ({number} - n) * (interval '{DAYS} days' / {max(number, 1)})"


def waits(rank: str) -> dict[str, str]:
    """Sent in these days, a part of it long ago."""
    sent = f"now() - {rank} * interval '1 day' - interval '1 hour'"
    return {
        "created_at": sent,
        "changed_at": sent,
        "submitted_at": sent,
        "due_at": f"{sent} + interval '3 days'",
    }


def key_of(number: str) -> str:
    """A UUID of a number: in their order, so that its index is filled fast."""
    return f"('00000000-0000-4000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid"


def choice(values: Any, number: str) -> str:
    """One of the values by a number."""
    return f"({array(values)})[{number} % {len(values)} + 1]"


def array(values: Any) -> str:
    """As SQL has it."""
    return f"ARRAY[{', '.join(map(quoted, values))}]"


def type_of(model: type[models.Model]) -> str:
    """The key of its content type."""
    from django.contrib.contenttypes.models import ContentType

    return str(ContentType.objects.get_for_model(model).pk)


def do(statement: str) -> None:
    """Without an answer."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def one(statement: str) -> int:
    """A number."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])
