import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations
import django.db.models.functions.text
from django.db.models import Value

import mvi_portal.core.search

# unaccent() itself is only stable, as its dictionary could be replaced: name the dictionary, and promise.
PLAIN = """
CREATE FUNCTION mvi_plain(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$
"""


class Migration(migrations.Migration):

    dependencies = [('signatories', '0001_initial')]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(PLAIN, "DROP FUNCTION mvi_plain(text)"),
        migrations.AddIndex(
            model_name='organisationname',
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    mvi_portal.core.search.Plain(
                        django.db.models.functions.text.Concat(
                            'name', Value(' '), 'name_with_kind', Value(' '), 'abbreviation'
                        )
                    ),
                    name='gin_trgm_ops',
                ),
                name='organisationname_search',
            ),
        ),
    ]
