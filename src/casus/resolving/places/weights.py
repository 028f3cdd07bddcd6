"""The weights by which a candidate is chosen for a name, in one table.

A candidate's score is the sum of its features times these weights; the scores of a
name's candidates become shares by the exponential (a conditional logit).  `WEIGHTS`
were fitted by `benchmarks/toponyms.py --fit` on the odd-numbered articles of LGL and
GeoVirus, with a ridge that holds them to `FIRST`, and rounded.  Those marked "set"
were raised afterwards to where both corpora still score as well: local American
papers, which LGL is made of, say little about countries and other transliterations.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each feature; features are 0 to 1.  First what the name itself says, then the report."""

    is_country: float
    is_adm1: float
    is_adm2: float
    is_region: float
    population: float  # log10 of the population, over 7
    is_alias: float  # the name is not the entry's own
    is_bare: float  # the name of a unit without its noun ("Scott" for Scott County)
    is_capital: float  # capital of its country
    is_chief: float  # chief settlement of its first-order unit
    noun_agrees: float  # "the village of X", and it is a settlement
    noun_differs: float  # "X province", and it is a settlement
    has_namesake: float  # a unit, without its noun, in which lies a town of its name
    is_dwarfed: float  # a namesake of its country, under its own name, has far more people
    is_unlike: float  # 1 minus the likeness of a spelling found by its sound
    country_share: float  # of the report's evidence for countries
    country_named: float  # the report names its country
    only_country: float  # the report names its country and no other
    is_home: float  # in the publisher's country
    adm1_named: float  # the report names its first-order unit
    adm1_share: float  # of the report's other places that lie in its first-order unit
    is_inside: float  # the text puts it in a place, and it lies there
    is_outside: float  # the text puts it in a place, and it lies in another country
    is_elsewhere: float  # the text puts it in a unit of its country, and it lies in another unit
    holds: float  # the text puts a place in it that lies there
    with_capitals: float  # a capital, and so are other places of the report (two or more are 1)
    very_near: float  # exp(-km/50) to the nearest other place of the report
    near: float  # exp(-km/300) likewise


# Set by hand, by what news seems to do; the ridge holds the fit to them where the corpora say little.
FIRST = Weights(
    is_country=3.0,
    is_adm1=1.5,
    is_adm2=-1.0,
    is_region=4.0,
    population=6.0,
    is_alias=-1.5,
    is_bare=-2.5,
    is_capital=1.5,
    is_chief=0.5,
    noun_agrees=2.5,
    noun_differs=-3.0,
    has_namesake=-2.0,
    is_dwarfed=-1.5,
    is_unlike=-20.0,
    country_share=3.0,
    country_named=1.5,
    only_country=2.0,
    is_home=1.0,
    adm1_named=3.0,
    adm1_share=2.0,
    is_inside=6.0,
    is_outside=-3.0,
    is_elsewhere=-1.5,
    holds=4.0,
    with_capitals=1.5,
    very_near=1.5,
    near=1.0,
)

WEIGHTS = Weights(
    is_country=1.6,
    is_adm1=0.8,
    is_adm2=-2.1,
    is_region=4.0,
    population=7.2,
    is_alias=-2.7,
    is_bare=-2.6,
    is_capital=0.2,
    is_chief=-0.2,
    noun_agrees=0.9,
    noun_differs=-1.4,
    has_namesake=-2.9,
    is_dwarfed=-2.1,
    is_unlike=-20.0,  # set
    country_share=2.0,  # set
    country_named=0.5,  # set
    only_country=3.0,  # set
    is_home=2.0,
    adm1_named=2.0,
    adm1_share=2.4,
    is_inside=4.7,
    is_outside=-2.4,
    is_elsewhere=-0.8,
    holds=3.1,
    with_capitals=2.5,
    very_near=2.2,
    near=1.6,
)

NAMES = tuple(field.name for field in fields(Weights))
N_STATIC = NAMES.index("country_share")
N_CHEAP = NAMES.index("very_near")
