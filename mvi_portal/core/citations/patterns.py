r"""How each kind of citation is written, as regular expressions.

Matched without regard to capitals, except where (?-i:…) says so: letters that number a paper are capitals, or
"36 200, en" would be a paper. A footnote's mark sticks to the first word ("1Kamerstukken"): no \b there.
"""

_DASH = r"[-\u2010\u2011\u2013]"
_START = r"(?<![A-Za-z_/.-])"  # not in the middle of a word or an address
_START_NUMBER = r"(?<![0-9A-Za-z_/.=-])"
_END = r"(?![0-9A-Za-z_]|[-\u2010\u2011\u2013/][0-9A-Za-z])"

_GAP = r"[\s,]+"
_NR = r"(?:nr|no|nummer)\b\.?\s?"
_KAMER = r"(?P<chamber>II|I|TK|EK|Tweede\s+Kamer|Eerste\s+Kamer)"
_SECOND_YEAR = r"(?P<second>[0-9]{4}|[0-9]{2})(?![0-9])"
_SESSION = rf"(?:vergaderjaar\s+)?(?P<first>[0-9]{{4}})\s?(?:/|{_DASH})\s?{_SECOND_YEAR}"
_ANNEX = r"(?P<annex>bijlagen?\s+bij\s+(?:de\s+)?)?"

_DOSSIER = r"(?P<dossier>[0-9]{1,2}[\s.]?[0-9]{3})(?![0-9])"
_LETTERS = rf"(?:\s|\s?{_DASH}\s?)(?P<addition>(?-i:[A-Z]{{1,6}}))"
_COUNCIL = rf"{_DASH}(?P<council>[0-9]{{2}})(?![0-9])"
_PAPER = rf"{_DOSSIER}(?:{_LETTERS}|{_COUNCIL})?"
_NUMBER = r"(?P<number>[0-9]{1,4}[a-z]?|(?-i:[A-Z]{1,2}))"
_NUMBERED = (
    rf"(?:\s?,\s?(?:{_NR})?|\s{_NR}|{_DASH}){_NUMBER}"  # after the word Kamerstuk "nr." may be missing
)
_SURELY_NUMBERED = rf"\s?,?\s?{_NR}{_NUMBER}"
_HEAD = rf"Kamerst(?:uk(?:ken)?\b|\.)(?:{_GAP}{_KAMER}\b)?(?:{_GAP}{_SESSION})?{_GAP}"

_PAPER_KEY = (
    r"kst-(?P<dossier>[0-9]{4,5})(?:-(?P<addition>[A-Z]{1,6}|[0-9]{2}(?=-)))?"
    r"-(?P<number>[0-9]{1,4}[a-z]?|[A-Z]{1,2})"
)
_GAZETTE_KEY = r"stcrt-(?P<year>[0-9]{4})-(?P<number>[0-9]{1,6})"
_SITTING_NUMBER = r"(?P<number>[0-9]{1,3})"
_ITEM = r"(?P<item>[0-9]{1,3})"
_SITTING_KEY = rf"h-(?P<chamber>tk|ek)-(?P<first>[0-9]{{4}})(?P<second>[0-9]{{4}})-{_SITTING_NUMBER}-{_ITEM}"
_ANNEX_KEY = r"blg-(?P<number>[0-9]{1,9})"
_DOCUMENT_KEY = r"(?P<number>[12][0-9]{3}[DZ][0-9]{5})"

_REST = r"[^\s<>\"”’)]{1,300}"  # bounded: an address of a megabyte must not cost a minute
_SITE = r"(?:https?://(?:www\.|zoek\.)?officielebekendmakingen\.nl/(?:dossier/[^\s/]{1,20}/)?)?"
_FILE = rf"(?:\.(?:html|pdf|xml|odt))?(?:[?#]{_REST})?{_END}"
_PARLIAMENT = rf"https?://(?:www\.)?tweedekamer\.nl/{_REST}[?&](?:did|qry|id)="

PAPER_WITHOUT_NUMBER = rf"{_HEAD}{_PAPER}"
PAPER = (
    rf"{_START}{_ANNEX}{_HEAD}{_PAPER}{_NUMBERED}{_END}",
    rf"{_START}{_ANNEX}{_KAMER},?\s{_SESSION}{_GAP}{_PAPER}{_SURELY_NUMBERED}{_END}",
    rf"{_START_NUMBER}(?=[0-9]{{2}}\s?[0-9]{{3}}){_PAPER}{_SURELY_NUMBERED}{_END}",
    rf"{_START}{_ANNEX}{_SITE}{_PAPER_KEY}{_FILE}",
    rf"{_START}(?P<annex>bijlage-){_PAPER_KEY}{_END}",
)
_GAZETTE = r"(?:Staatscourant|Stcrt\b\.?)\s(?P<year>[12][0-9]{3})"
GAZETTE = (
    rf"{_START}{_GAZETTE}(?:\s?,\s?|\s|{_DASH})(?:{_NR})?(?P<number>[0-9]{{1,6}}){_END}",
    rf"{_START}{_SITE}{_GAZETTE_KEY}{_FILE}",
)
_SITTING = rf"Handelingen\s{_KAMER}{_GAP}{_SESSION}{_GAP}(?:{_NR})?{_SITTING_NUMBER}{_GAP}item\s{_ITEM}"
SITTING = (
    rf"{_START}{_SITTING}{_END}",
    rf"{_START}{_SITE}{_SITTING_KEY}{_FILE}",
)
ANNEX = (rf"{_START}(?:bijlage\s)?{_SITE}{_ANNEX_KEY}{_FILE}",)
DOCUMENT = (
    rf"(?:{_START_NUMBER}|{_START}(?:Tweede\sKamer,\s)?(?:document|zaak)\s){_DOCUMENT_KEY}{_END}",
    rf"{_PARLIAMENT}{_DOCUMENT_KEY}(?:[&#]{_REST})?{_END}",
)
