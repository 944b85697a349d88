"""The words that `quantities.py` knows: hedges, scales, units, number words, ranks, names.

These are data: people can read them and add to them without programming. The comment above each
table says what its words do to a number; docs/reading.md shows each form with its reading.
"""

from __future__ import annotations

from ..wording import MONTHS, WEEKDAYS

# The comparator of a hedge before a number; the comparators follow FHIR Quantity.
_HEDGES = {
    "more_than": (
        "more than|over|above|longer than|older than|bigger than|heavier than|exceeding|exceeds|"
        "exceeded|exceed|in excess of|upwards of|upward of|north of|greater than|higher than|"
        "larger than|passed|passing|topped|topping|tops|surpassed|surpassing|beyond|went past|"
        "gone past|passed the|topped the|surpassed the|exceeded the|>"
    ),
    "at_least": (
        "at least|at the very least|at or above|more than or equal to|greater than or equal to|"
        "no younger than|not under|not below|not lower than|min|min.|minimum|no fewer than|"
        "no less than|not fewer than|not less than|no lower than|a minimum of|minimum of|"
        "a minimum|as few as|as little as|as low as|≥"
    ),
    "less_than": (
        "shorter than|younger than|cheaper than|nearly|very nearly|almost|not quite|approaching|"
        "nearing|getting on for|under|below|less than|fewer than|lower than|smaller than|"
        "just short of|fell short of|falls short of|fallen short of|shy of|just shy of|south of|<"
    ),
    "at_most": (
        "not above|not higher than|not greater than|no longer than|no older than|max|max.|"
        "maximum|less than or equal to|at or below|up to|at most|no more than|not more than|"
        "no higher than|no greater than|not exceeding|not over|as many as|as much as|as high as|"
        "as long as|a maximum of|maximum of|a maximum|up to a maximum of|capped at|a cap of|≤"
    ),
    "about": (
        "perhaps|possibly|maybe|estimated|believed to be|thought to be|virtually|"
        "closer to|nigh on|not far off|barely|towards|nowhere near|more or less|"
        "more or less than|under or over|over or under|hardly more than|barely more than|"
        "little more than|not much more than|scarcely more than|about|around|roughly|some|"
        "approximately|approx|approx.|circa|c.|ca.|an estimated|the estimated|close to|close on|"
        "near|near to|in the region of|in the order of|on the order of|of the order of|"
        "somewhere around|something like|the best part of|give or take|~|≈"
    ),
    "exactly": "exactly|precisely",
}
# By how much a number is exceeded or missed. None of these changes the bound.
_INTENSIFIERS = (
    "just|only just|well|far|much|slightly|marginally|comfortably|considerably|significantly|"
    "substantially|way|a little|a bit|a shade|a touch|a tad|a fraction|a whisker|a good deal"
).split("|")
_INTENSIFIED = (
    "over|above|under|below|more than|less than|fewer than|higher than|lower than|in excess of"
).split("|")
HEDGES = {
    phrase: comparator for comparator, words in _HEDGES.items() for phrase in words.split("|")
}
HEDGES |= {f"{more} {hedge}": HEDGES[hedge] for more in _INTENSIFIERS for hedge in _INTENSIFIED}
# One of these, a word or two before a hedge, changes it: "shall not exceed", "has never passed".
NEGATIONS = frozenset(
    "not never cannot without nor neither unlikely fail fails failed nobody none hardly "
    "scarcely".split()
)
NEGATED = {
    "more_than": "at_most",
    "at_least": "less_than",
    "less_than": "at_least",
    "at_most": "more_than",
}
# The hedges that it reverses, by their last or first word. "Not nearly 500" is no bound ...
COMPARES = frozenset(
    "than over above under below beyond exceed exceeds exceeded exceeding passed passing topped "
    "topping surpassed surpassing".split()
)
# ... nor is one after "not because", "did not say".
AFTER_NEGATION = frozenset(
    "because that if when where while only just all say says said saying know knows mean means "
    "since although but and or as who which whether".split()
)
# Verbs that are hedges only before large numbers: "passed 12,000", not "passed three bills".
VERBAL = ("passed", "passing", "topped", "topping", "tops", "top", "pass")
# After a number these compare it with another: "200 more than 1,500", "15 seats short of 326".
COMPARING = ("than", "above", "below", "over", "under", "of")
COMPARED = frozenset(
    "points point seats seat votes vote places times years days months weeks hours people cases "
    "boats percentage".split()
)
# "To top £370bn": "top" is a hedge only after these; in "the top 10" it is not.
HEDGE_VERBS = ("top", "pass", "surpass")
BEFORE_HEDGE_VERB = frozenset("to will would could may might should".split())
# "Handed over 38 men" has no hedge; "over three days" says when, "for over three days" how long.
PHRASAL = frozenset(
    "handed hand handing hands took take taken taking turned turn turning carried charged "
    "questioned quizzed grilled row rows apologised strike strikes concern concerns concerned won "
    "presided presides jurisdiction spread match arrested sued fined criticised dispute disputes "
    "anger outrage fury clash clashes protest protests debate fight control power victory worried "
    "resigned quit sacked inquiry investigation trial argument scandal fears fear warning".split()
)
# "Edged up to 4.7%" says where something went, not how far it may go.
BEFORE_UP_TO = frozenset(
    "edged edges edging went goes going crept creeping ticked inched climbed climbing moved moving "
    "nudged pushed pushing brought bringing taking took driven driving rose rising jumped shot "
    "bumped sent sending back come came add adds added adding stood stand standing "
    "signed sign signs owned own lived live face faced".split()
)
BEFORE_OVER = frozenset(
    "for wait waited waiting waits after takes spend spent last lasted "
    "lasting is was were been be by aged within now and of than from to or at with".split()
)
# The comparator of a hedge after a number.
HEDGES_AFTER = {
    "or more": "at_least",
    "or above": "at_least",
    "or over": "at_least",
    "or higher": "at_least",
    "and over": "at_least",
    "and above": "at_least",
    "and older": "at_least",
    "or older": "at_least",
    "and more": "at_least",
    "and counting": "at_least",
    "plus": "at_least",
    "-plus": "at_least",
    "+": "at_least",
    "or less": "at_most",
    "or fewer": "at_most",
    "or under": "at_most",
    "or below": "at_most",
    "or lower": "at_most",
    "and under": "at_most",
    "and below": "at_most",
    "or younger": "at_most",
    "at least": "at_least",
    "at the very least": "at_least",
    "at most": "at_most",
    "at the most": "at_most",
    "maximum": "at_most",
    "max": "at_most",
    "minimum": "at_least",
    "min": "at_least",
    "and upwards": "at_least",
    "or upwards": "at_least",
    "and rising": "at_least",
    "or longer": "at_least",
    "or shorter": "at_most",
    "or so": "about",
    ", give or take": "about",
    "or thereabouts": "about",
    "-odd": "about",
}
# Signs and codes of money before a number, and words after one. A penny is a hundredth of a pound.
CURRENCIES = {
    "£": "GBP",
    "$": "USD",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "CA$": "CAD",
    "S$": "SGD",
    "R$": "BRL",
    "C$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
} | {
    code: code
    for code in (
        "GBP USD EUR ALL CHF AUD BAM BGN CAD CNY CZK DKK HUF INR JPY MKD NOK NZD PLN RON RSD SEK "
        "TRY UAH".split()
    )
}
CURRENCY_WORDS = {
    "pounds sterling": "GBP",
    "pounds": "GBP",
    "pound": "GBP",
    "sterling": "GBP",
    "euros": "EUR",
    "euro": "EUR",
    "US dollars": "USD",
    "dollars": "USD",
    "dollar": "USD",
    "Swiss francs": "CHF",
    "Albanian lek": "ALL",
    "lek": "ALL",
    "lekë": "ALL",
    "leke": "ALL",
    "yen": "JPY",
    "zloty": "PLN",
    "forints": "HUF",
    "rupees": "INR",
    "lei": "RON",
    "leva": "BGN",
    "denars": "MKD",
    "dinars": "RSD",
    "hryvnia": "UAH",
    "Turkish lira": "TRY",
} | {code: code for code in CURRENCIES.values()}
# A hyphen in a unit stands for a space ("a 5-percentage-point rise"); short units need no space.
PERCENT_WORDS = {
    "%": "percent",
    "per cent": "percent",
    "percent": "percent",
    "pc": "percent",
    "pct": "percent",
    "percentage points": "percentage_points",
    "percentage point": "percentage_points",
    "pp": "percentage_points",
    "pp.": "percentage_points",
    "ppts": "percentage_points",
}

# Powers of ten after a number; short ones also without a space, in capitals or not.
SCALES = {
    "hundred": 2,
    "thousand": 3,
    "lakh": 5,
    "million": 6,
    "crore": 7,
    "billion": 9,
    "trillion": 12,
}
# Indian English has lakh and crore.
SHORT_SCALES = {"k": 3, "m": 6, "mn": 6, "mln": 6, "bn": 9, "b": 9, "tn": 12, "trn": 12}
# "100m" is metres before these.
METRES = (
    "high wide deep long tall race sprint hurdles freestyle relay exclusion boat boats dinghy "
    "dinghies fence fences wall vessel vessels yacht yachts pool off".split()
)

NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    word: 10 * value
    for value, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), start=3)
}
# Fractions in words and signs: the parts of one.
PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twentieth": 20,
    "hundredth": 100,
    "halves": 2,
    "thirds": 3,
    "quarters": 4,
    "fifths": 5,
    "sixths": 6,
    "sevenths": 7,
    "eighths": 8,
    "ninths": 9,
    "tenths": 10,
    "twentieths": 20,
    "hundredths": 100,
}
VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
        "twentieth".split(),
        start=1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}
# Vague numbers: an order of magnitude without bounds.
VAGUE = {
    "handful": 1,
    "dozens": 10,
    "scores": 10,
    "tens": 10,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 10**6,
    "billions": 10**9,
    "trillions": 10**12,
}
# "several hundred" is as vague as "hundreds".
VAGUE_BEFORE = ("several", "many", "a few", "few", "a couple of", "a couple", "countless")

# Changes in one word: the multiple of the base, and its direction. The comparator is "about",
# because nobody who writes "doubled" vouches for 2.000.
MULTIPLES = {
    "halved": ("0.5", "decrease"),
    "halving": ("0.5", "decrease"),
    "doubled": ("2", "increase"),
    "doubling": ("2", "increase"),
    "trebled": ("3", "increase"),
    "trebling": ("3", "increase"),
    "tripled": ("3", "increase"),
    "tripling": ("3", "increase"),
    "quadrupled": ("4", "increase"),
    "quadrupling": ("4", "increase"),
    "quintupled": ("5", "increase"),
}
# Words for changes that can be other things too: they need one of the words below beside them.
MULTIPLE_VERBS = {
    "halve": ("0.5", "decrease"),
    "double": ("2", None),
    "doubles": ("2", "increase"),
    "treble": ("3", None),
    "trebles": ("3", "increase"),
    "triple": ("3", None),
    "triples": ("3", "increase"),
    "quadruple": ("4", None),
}
BEFORE_VERB = frozenset(
    "to will would could should may might must can cannot not than nearly almost about around "
    "roughly approximately least".split()
)
AFTER_VERB = frozenset(
    "the that those what its their his her this last in by since from to over".split()
)
FOLDS = {
    f"{word}{hyphen}fold": value
    for word, value in NUMBER_WORDS.items()
    if 2 <= value <= 20
    for hyphen in ("", "-")
} | {"hundredfold": 100, "thousandfold": 1000}
TIMES = {"twice": 2, "thrice": 3}
# After "twice" or "three times" these make a multiple ("three times a week" is not one).
AFTER_TIMES = (
    "as the what its their his her more higher larger bigger greater fewer lower likelier".split()
)

# Words that claim the first place in some order; value 1. Followed by "on record", any other word
# in -est does so too.
SUPERLATIVES = frozenset(
    "highest lowest worst best biggest largest smallest busiest deadliest greatest most fewest "
    "strongest fastest longest".split()
)
RANKS = ("record", "first", "worst", "best", "highest", "lowest", "biggest", "largest")
# What such a word may rank; "first aid" and "the worst case" claim no rank.
RANKED = (
    "years year months month weeks week days day quarters quarter summer time visit levels level "
    "numbers number total totals figures figure tally toll rate rates share amount proportion "
    "high highs low lows rise rises fall falls increase increases decrease drop surge crossings "
    "arrivals annual monthly daily weekly quarterly single-day one-day".split()
)
# These words make a claim of rank of any of them.
RANK_TAILS = (
    "on record",
    "ever recorded",
    "ever",
    "in history",
    "since records began",
    "since current records began",
)
# Words before "first" that make it a place in an order.
BEFORE_FIRST = frozenset(
    "the a an its his her their our your my this that another came finished ranked placed".split()
)

# The direction in which a word says that something went.
DIRECTIONS = dict.fromkeys(
    "higher rise rises rising rose risen increase increases increased increasing more up grew "
    "grown growth growing doubled trebled tripled gain gained jump jumped surge surged climb "
    "climbed soared".split(),
    "increase",
) | dict.fromkeys(
    "lower fall falls falling fell fallen drop drops dropped dropping down cut cuts decline "
    "declined declining decrease decreases decreased decreasing reduction reduced fewer less "
    "halved plunged plummeted slumped shrank".split(),
    "decrease",
)

TIME_NOUNS = (
    "second seconds minute minutes hour hours day days night nights week weeks fortnight month "
    "months quarter quarters year years decade decades century centuries weekend weekends".split()
)
SHORT_MONTHS = ("Sept", *(name[:3] for name in MONTHS if name != "May"))
CALENDAR_NAMES = (*WEEKDAYS, *MONTHS)
# Before a month that is also a word: "in May", "last March".
BEFORE_MONTH = frozenset(
    "in by last this of since until till early late mid from to and next during before after or "
    "between each every for through around end".split()
)

# A number after one of these is a place in a law or a document ...
LEGAL = frozenset(
    "article articles section sections rule rules clause clauses paragraph paragraphs para paras "
    "schedule schedules regulation regulations directive protocol resolution annex appendix "
    "chapter chapters s. ss. art. arts. para. paras. sch. reg. regs. subsection s ss part "
    "amendment amendments recital recitals order title form".split()
)
# ... after one of these, part of a name: as written here, or with a capital ...
NAMED = (
    "channel channels radio flight flights room rooms gate gates junction junctions phase phases "
    "tier tiers level type route highway platform terminal pier unit page pages table tables "
    "figure chart charts footnote column columns band grade stage category group version block "
    "berth paper box cluster quarter Euro Windows Apollo Mark Number No No. Nos. p. pp. Note "
    "Question Class Zone Building Court Operation Team Task Agenda Horizon Vision Pillar Target "
    "Goal Line Wing Hangar Exit Step Item vol vol. fig fig. ibid Fortune iPhone Bill Python pp "
    "Apartment Flat Suite Bay Ward Tag PlayStation Xbox Civ Crim Admin Command Cm Cmd".split()
)
# (capitals before digits are a name too, "FTSE 100", except for these)
NO_NAMES = frozenset("UK EU US UN USA UAE NATO MPS IN BY AND OR WITH".split())
# ... or before one of these ("10 Downing Street").
NAMED_AFTER = ("Commando", "Squadron", "Regiment", "Carlton")
STREETS = "Street Road Avenue Lane Square House Place Terrace Way Drive Close Crescent".split()
# A short number after one of these is a telephone number.
DIALLED = frozenset(
    "call calling called dial dialling dialled rang rung ring ringing phone phoning text texting "
    "nhs on".split()
)
DIALLED_AFTER = frozenset("call calls caller callers emergency operator operators".split())
SHORT_PHONES = frozenset("999 101 105 111 112 116 119 911".split())

# Number words that are part of a name or a phrase, and count nothing there.
PHRASES = (
    "first aid|first lady|first ladies|first minister|first deputy|first secretary|first class|"
    "first hand|first name|first names|first reading|first nations|first world war|first tier|"
    "first responder|first responders|first language|first instance|first past|first of all|"
    "first and foremost|first person|first and last|first floor|first place|first sight|"
    "first dates|first lord|first sea lord|second hand|second class|second world war|"
    "second reading|second nature|second-best|second best|second chamber|second home|"
    "second homes|second language|second to none|second thoughts|second time around|"
    "second secretary|third party|third parties|third-party|third country|third countries|"
    "third-country|third world|third sector|third safe country|third reading|third age|third-safe|"
    "fourth estate|fifth column|zero tolerance|zero-tolerance|zero hours|zero-hours|zero-hour|"
    "one-way|one way|one-off|one-stop|one-sided|one-time|one-on-one|one-to-one|one nation|"
    "one-nation|one another|one by one|one and the same|one side|one thing|two minds|one which|"
    "one in,|one out|one hand|two-way|two-faced|three-line whip|four-wheel|seven seas|"
    "nine-to-five|eleven-plus|five eyes|seven sisters|record label|record labels|record-keeping|"
    "record books|record book"
).split("|")
# The same before a number word.
PHRASES_BEFORE = ("net", "ground", "patient", "world war", "formula", "bbc", "air force", "big")
# "one" is a pronoun after these ...
BEFORE_PRONOUN = frozenset(
    "no any every each this that which the another someone not other same right wrong "
    "new old good bad last next loved little such former latter first final everyone "
    "number day square".split()
)
# ... and before these.
AFTER_PRONOUN = frozenset(
    "of is are was were has had can cannot could should would may might must will that who which "
    "another but and or to for with by after from at on as if when where because than does did "
    "do knows says said thinks wants really more".split()
)

# After "a third" these make it a part; before most other words it is an ordinal.
AFTER_PART = frozenset(
    "of more less fewer higher lower were are have had said say says in to from by on since and "
    "or than this last compared between over below above did do came come will would could but "
    "as at with during after before within across among a an the not who which back oppose "
    "support believe think want live work arrive claim report plan expect use receive remain get "
    "need cite feel face fear hope told described went left failed spoke arrived applied claimed "
    "remained received worked lived wanted supported opposed believed thought felt voted died "
    "fled travelled crossed stayed reported agreed used needed required".split()
)

# The closed list: each of these words in a document must lie in a figure or an excluded number,
# whether or not the reader finds a quantity there.
COUNTING_WORDS = tuple(
    dict.fromkeys(
        (
            *NUMBER_WORDS,
            *"hundred hundreds thousand thousands million millions billion billions trillion "
            "trillions dozen dozens score scores both half halves quarter quarters single pair "
            "couple once twice thrice".split(),
            *ORDINALS,
            *PARTS,
            *MULTIPLES,
            *MULTIPLE_VERBS,
            *FOLDS,
            *RANKS,
            *"records fewest handful".split(),
        )
    )
)
CALENDAR_WORDS = (
    *"today tonight yesterday tomorrow day days week weeks weekday weekdays weekend weekends "
    "fortnight month months year years decade decades century centuries spring summer autumn "
    "winter".split(),
    "that time",
    "this morning",
    "this afternoon",
    "this evening",
)
