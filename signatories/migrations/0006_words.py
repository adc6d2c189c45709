from django.db import migrations

# to_tsvector() with the name of its configuration is immutable; so is mvi_plain()
WORDS = """
CREATE FUNCTION mvi_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT to_tsvector('pg_catalog.dutch'::regconfig, public.mvi_plain($1)) $$
"""


class Migration(migrations.Migration):

    dependencies = [('signatories', '0005_register_imports')]

    operations = [migrations.RunSQL(WORDS, "DROP FUNCTION mvi_words(text)")]
