"""The rungs that rules know by name: the steps of the project's ladder, 7 and up (model 4.1).

A scenario gives the rungs their words and tests; a shorter ladder never reaches the graver ones.
"""

OPEN_FORCE = 7  # limited war, inside the zone both sides accept
SOCIETY = 8  # war on society
WIDENED = 9  # open force on land the other calls home, or means that reach it
SHADOW = 10  # nuclear shadow: threats, alerts
TRIPWIRE = 11  # an ally is openly attacked
PATRON_WAR = 12  # nuclear powers fight each other
SHOWN = 13  # a detonation meant to kill nobody
USED = 14  # limited nuclear use
