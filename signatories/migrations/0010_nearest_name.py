from django.db import migrations

# The rank and the order are those of OrganisationNameQuerySet.nearest()
NEAREST = """
CREATE FUNCTION mvi_nearest_name(bigint, date) RETURNS signatories_organisationname
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE found public.signatories_organisationname;
BEGIN
    SELECT * INTO found FROM public.signatories_organisationname AS named WHERE named.organisation_id = $1
    ORDER BY
        CASE WHEN (named.valid_from IS NULL OR named.valid_from <= $2)
                  AND (named.valid_until IS NULL OR named.valid_until >= $2) THEN 0
             WHEN named.valid_until < $2 THEN 1 ELSE 2 END,
        CASE WHEN named.valid_until < $2 THEN named.valid_until END DESC NULLS LAST,
        named.valid_from ASC NULLS FIRST
    LIMIT 1;
    RETURN found;
END
$$
"""


class Migration(migrations.Migration):

    dependencies = [('signatories', '0009_stand_ins')]

    operations = [migrations.RunSQL(NEAREST, "DROP FUNCTION mvi_nearest_name(bigint, date)")]
