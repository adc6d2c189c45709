"""The decision notes beside the letter of early 2025, one for each office that sends it: our own words."""

from __future__ import annotations

from datetime import date

from mvi_portal.core.prose import ChartNode, CitationNode
from mvi_portal.demo.common import GAZETTE, LETTER_2021, LETTER_2023
from mvi_portal.demo.texts import (
    EVALUATED,
    GROUPS,
    MINISTRIES,
    MUNICIPALITIES,
    ORGANISATIONS,
    PROVINCES,
    RECEIVED,
)

_SINCE = f"""
<p>Het Nationaal plan Maatschappelijk Verantwoord Inkopen (MVI) 2021-2025 ligt sinds 22 januari 2021 bij de
Tweede Kamer{CitationNode(LETTER_2021)}. Over de uitvoering schreef het kabinet de Kamer voor het laatst op
15 februari 2023{CitationNode(LETTER_2023)}.
"""
_KEY_POINTS = f"""
<p>De brief loopt langs de hoofdlijnen van het plan. Dit zijn per hoofdlijn de punten die u moet kennen.</p>
<h3>A. Brede borging van MVI in de organisatie</h3>
<ul>
<li>Het Manifest Maatschappelijk Verantwoord Opdrachtgeven en Inkopen (MVOI) groeit door: {ORGANISATIONS}
organisaties doen mee, {ORGANISATIONS.change} dan bij de vorige brief.</li>
<li>Bewindspersonen van BZK, EZ en IenW overleggen sinds eind 2023 met de bestuurders van IPO, UvW en
VNG.</li>
</ul>
<h3>B. Strategische inzet op sectoren</h3>
<ul>
<li>In buyer groups spreken opdrachtgevers af wat zij van een markt vragen, samen met bedrijven uit die
markt.
Sinds 2020 zijn er {GROUPS.known} begonnen.</li>
</ul>
<h3>C. Minder vrijblijvendheid</h3>
<ul>
<li>Wie het Manifest ondertekent, belooft een actieplan. Er zijn {RECEIVED.known} plannen. PIANOo
beoordeelde er
{EVALUATED} in mei 2024.</li>
</ul>
<h3>D. Integrale aanpak van MVI</h3>
<ul>
<li>Het Rijk zoekt uit hoe alle overheden hun resultaten op dezelfde manier kunnen meten. De tweede fase van
dat onderzoek, Regie op Monitoring, begon in het najaar van 2024 en eindigt medio 2025.</li>
</ul>
<h3>Verder van belang</h3>
<ul>
<li>De reactie van het kabinet op het tienpuntenplan van ChristenUnie, GroenLinks-PvdA, SP en Volt ging op
3 december 2024 naar de Kamer, van IenW, BZK en EZ samen en mede namens SZW en BHOS.</li>
<li>In het bestuurlijk overleg van juni 2024 spraken IenW, BZK, EZ en de koepels af dat het beleid na 2025
doorgaat. Een nieuw nationaal plan voor de jaren vanaf 2026 is in voorbereiding.</li>
</ul>
"""
_FORCES = f"""
<p>In november 2022 tekenden de eerste partijen het Manifest MVOI{CitationNode(GAZETTE)}. Op de peildatum
vallen
er {MINISTRIES} departementen, {PROVINCES.words} provincies en {MUNICIPALITIES} gemeenten onder; de
waterschappen
doen mee met één handtekening van de Unie van Waterschappen. Elke ondertekenaar heeft een jaar voor een
actieplan. Bestuurders laten daarmee zien dat zij het goede voorbeeld van de overheid belangrijk vinden.</p>
{ChartNode("ondertekenaars.gemeenten", date(2022, 11, 24), "Gemeenten onder het Manifest MVOI")}
<p>De koepels IPO, VNG en Unie van Waterschappen stellen het op prijs dat zij meedenken: zonder hun
achterban
komt MVI niet verder. De brief is met hen en met de zeven departementen besproken in het Directeurenoverleg
MVI.</p>
"""
_POLITICS = """
<p>De Kamer vraagt geregeld hoe de overheid zelf inkoopt, en zal dat blijven doen. Circulair inkopen is een
van
de thema's van het plan. Daarover gaat ook een deel van het Nationaal Programma Circulaire Economie.</p>
"""
_BUSINESS = """
<p>Ondernemers willen, net als gemeenten en provincies, beleid waar zij op kunnen rekenen. VNO-NCW vraagt om
eenvoud, met eisen die overal gelijk zijn, en ziet de overheid als aanjager van de vraag naar circulaire
materialen; dat moet wat hen betreft een speerpunt van het kabinet zijn. MVO Nederland vindt dat
opdrachtgevers
zo veel mogelijk ambitie mogen tonen. Marktpartijen denken mee via de instrumenten van het plan, zoals de
buyer
groups.</p>
"""
_MONEY = """
<p>Wat de uitvoering het Rijk kost, is voor meer jaren gedekt op de begrotingen van de zeven departementen
die
meedoen: IenW, BZK, EZ, BZ, LVVN, OCW en SZW.</p>
"""
_ROLES = """
<p>Het directoraat-generaal Milieu en Internationaal (DGMI) van IenW coördineert het plan en is
secretariaat van
het Manifest. Elk departement voert de eigen acties uit.</p>
"""
_NEWS = """
<p>Na verzending staat de brief op rijksoverheid.nl, met deze nota erbij. PIANOo vertelt over het Manifest
op
haar website, in nieuwsbrieven en op bijeenkomsten.</p>
"""

_SHARED = {
    "kernpunten": _KEY_POINTS,
    "krachtenveld": _FORCES,
    "politieke-context": _POLITICS,
    "positie-bedrijfsleven": _BUSINESS,
    "financien-en-recht": _MONEY,
    "rollen-en-taken": _ROLES,
    "communicatie": _NEWS,
}
_TOGETHER = """
<p>Wij adviseren u ermee in te stemmen dat bijgaande brief mede namens u naar de Tweede Kamer gaat.</p>
"""
_NOW = f"{_SINCE} De staatssecretaris van IenW brengt de Kamer nu weer op de hoogte, mede namens u."
_OF_IENW = {
    "aanleiding": f"""{_SINCE} U coördineert het plan. Daarom brengt u de Kamer nu weer op de hoogte, met
    bijgaande brief.</p>""",
    "geadviseerd-besluit": """
<p>Wij adviseren u in te stemmen met bijgaande brief over de voortgang van het plan, en die mede namens de
ministers van BZK en EZ naar de Tweede Kamer te sturen.</p>
""",
    **_SHARED,
}
_OF_BZK = {
    "aanleiding": f"{_NOW} BZK hoort bij de initiatiefnemers van de buyer groups.</p>",
    "geadviseerd-besluit": _TOGETHER,
    **_SHARED,
    "rollen-en-taken": """
<p>IenW coördineert het plan en is secretariaat van het Manifest. BZK voert de eigen acties uit en neemt deel
aan het bestuurlijk overleg.</p>
""",
}
_INSIDE = """
<p>Voorbeeld van een passage die niet openbaar is: hier kan een persoonlijke opvatting voor intern beraad
staan.</p>
"""
_OF_EZ = {
    "aanleiding": f"{_NOW} EZ neemt deel aan het bestuurlijk overleg over MVI.</p>",
    "geadviseerd-besluit": _TOGETHER,
    **_SHARED,
    "positie-bedrijfsleven": f"{_BUSINESS}{_INSIDE}",
    "rollen-en-taken": """
<p>IenW coördineert het plan en is secretariaat van het Manifest. EZ voert de eigen acties uit en neemt deel
aan het bestuurlijk overleg.</p>
""",
}

# By the key of the office.
NOTES = {
    "staatssecretaris-ienw-ovm": _OF_IENW,
    "minister-bzk": _OF_BZK,
    "minister-ez": _OF_EZ,
}
# What stays inside: by the key of the office the section, the begin of the passage, and the ground.
WITHHELD = {"minister-ez": ("positie-bedrijfsleven", "Voorbeeld van een passage", "5.2")}
