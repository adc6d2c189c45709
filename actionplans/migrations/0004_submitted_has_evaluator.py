import mvi_portal.core.schema
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("actionplans", "0003_check_drafts"),
    ]

    operations = [
        mvi_portal.core.schema.Together(
            operations=[
                migrations.AddConstraint(
                    model_name='evaluation',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_by__isnull', True), ('submitted_on__isnull', True)), ('evaluator__isnull', False), _connector='OR'), name='evaluation_submitted_has_evaluator', violation_error_message='Vul in wie heeft beoordeeld: zonder beoordelaar wordt een evaluatie niet ingediend.'),
                ),
            ],
        ),
    ]
