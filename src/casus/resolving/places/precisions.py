"""How precisely a place is known: `where_prec` of the UCDP GED codebook."""

EXACT, NEAR_IT, SECOND_ORDER, FIRST_ORDER, FUZZY, COUNTRY, INTERNATIONAL_WATERS = range(1, 8)
