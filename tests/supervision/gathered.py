"""What a closing hands to the recipe, for tests."""

from supervision.queries.gathering import Gathered
from supervision.queries.inputs import Facts


def inputs_of(period, kind):
    """{subject pk: {source: data}}"""
    gathered = Gathered(Facts(period), kind)
    return {row[0]: gathered.inputs(row) for row in gathered.rows}
