"""The letter of early 2025, along the main lines A to D."""

from __future__ import annotations

from datetime import date

from mvi_portal.core.prose import ChartNode, CitationNode, FootnoteNode, TableNode
from mvi_portal.demo.common import GAZETTE, LETTER_2021, LETTER_2023
from mvi_portal.demo.texts import (
    EVALUATED,
    GROUPS,
    MINISTRIES,
    MUNICIPALITIES,
    ORGANISATIONS,
    OTHERS,
    PLANS,
    PROVINCES,
    RECEIVED,
    SIGNATORIES,
    WATER_AUTHORITIES,
    Text,
)

_YEARLY_REPORT = CitationNode("Kamerstukken II 2015/16, 30 196, nr. 394")
_REACTION = FootnoteNode(
    "Reactie van het kabinet van 3 december 2024 op het tienpuntenplan van 10 oktober 2023."
)
_GROWTH = ChartNode(MUNICIPALITIES.key, date(2023, 1, 31), "Gemeenten die het Manifest MVOI ondertekenden")

_OPENING = f"""
<p>Op 22 januari 2021 ontving uw Kamer het Nationaal plan Maatschappelijk Verantwoord Inkopen (MVI) 2021-2025
“Opdrachtgeven met ambitie, inkopen met impact”{CitationNode(LETTER_2021)}. Het plan vraagt overheden om met
elke opdracht ook iets goeds te doen voor klimaat, milieu en grondstoffen, en voor de mensen die het werk
verrichten, hier en elders in de keten. Over de uitvoering bent u voor het laatst geïnformeerd op
15 februari 2023{CitationNode(LETTER_2023)}.</p>
<p>Met deze brief beschrijf ik, mede namens de ministers van Binnenlandse Zaken en Koninkrijksrelaties (BZK)
en van Economische Zaken (EZ), wat er sindsdien is gebeurd. De brief volgt de hoofdlijnen van het plan. Per
hoofdlijn leest u wat het doel is, wat er is bereikt en wat er volgt. In het kort:</p>
<ul>
<li>Het Manifest Maatschappelijk Verantwoord Opdrachtgeven en Inkopen (Manifest MVOI) geldt nu voor
{ORGANISATIONS} organisaties, {ORGANISATIONS.change} dan bij de vorige brief.</li>
<li>Sinds 2020 zijn {GROUPS.known} buyer groups gestart.</li>
<li>{RECEIVED.known} actieplannen zijn ontvangen; {EVALUATED} daarvan zijn geëvalueerd.</li>
<li>Het onderzoek naar meer eenheid in de monitoring is medio 2025 gereed.</li>
<li>Rijk en medeoverheden bereiden samen een nieuw nationaal plan voor, dat vanaf 2026 geldt.</li>
</ul>
"""

_ANCHORING = f"""
<p>Inkoop krijgt maatschappelijke waarde als bestuurders het willen, budgethouders er ruimte voor maken en
inkopers weten hoe het moet. Het doel van deze hoofdlijn is dat elke overheidsorganisatie MVI tot haar gewone
werk rekent.</p>
<p>Het belangrijkste middel daarvoor is het Manifest MVOI{CitationNode(GAZETTE)}. {MINISTRIES.all}
{MINISTRIES} departementen vallen eronder. De ministeries die in juli 2024 zijn ontstaan, zetten de
handtekening voort van het ministerie waaruit zij zijn voortgekomen. Verder ondertekenden {PROVINCES.words}
provincies, {MUNICIPALITIES} gemeenten en {OTHERS.words} andere overheidsorganisaties. De Unie van
Waterschappen (UvW) deed dat met één handtekening voor {WATER_AUTHORITIES.all} {WATER_AUTHORITIES}
waterschappen.</p>
{TableNode(SIGNATORIES, "Ondertekenaars van het Manifest MVOI")}
<p>Het aantal gemeenten {MUNICIPALITIES.trend}: het zijn er {MUNICIPALITIES.change} dan in februari 2023. Ook
nu melden zich nog organisaties die zich willen aansluiten.</p>
<p>Bestuurlijk is de samenwerking hechter geworden. Sinds eind 2023 spreken de bewindspersonen van BZK, EZ en
Infrastructuur en Waterstaat (IenW) elkaar over dit onderwerp in een bestuurlijk overleg, samen met de
bestuurders van het Interprovinciaal Overleg (IPO), de UvW en de Vereniging van Nederlandse Gemeenten (VNG).
In juni 2024 hebben zij daar met elkaar afgesproken dat het beleid de jaren hierna doorgaat.</p>
{_GROWTH}
<p>De komende tijd komt het erop aan dat ook de werkvloer merkt wat bestuurders hebben besloten.
Expertisecentrum Aanbesteden PIANOo helpt daarbij met handleidingen, webinars en inloopspreekuren.
Organisaties die het Manifest nog niet hebben ondertekend, nodig ik uit om dat alsnog te doen.</p>
"""

_SECTORS = f"""
<p>Eén opdrachtgever die iets anders vraagt, verandert een markt niet. Een groep opdrachtgevers die hetzelfde
vraagt, kan dat wel. Deze hoofdlijn brengt hen samen in sectoren waar veel te winnen is: de bouw, de grond-,
weg- en waterbouw, de mobiliteit en de bedrijfsvoering.</p>
<p>Dat gebeurt in buyer groups. Inkopers en vakmensen van publieke opdrachtgevers werken daarin met
marktpartijen aan een gedeelde visie op een productgroep, en aan eisen die zij daarna allemaal stellen. Samen
inkopen is niet het doel, samen vragen wel. Sinds 2020 zijn er {GROUPS.known} begonnen, {GROUPS.change} dan
bij de vorige brief. Een groep werkt ongeveer twee jaar; een aantal groepen is inmiddels klaar. Bijlage 4
noemt van elke groep de sector en de fase.</p>
<p>Een marktvisie, een inkoopstrategie of een bestektekst van een buyer group is er voor iedereen. De volgende
stap is dat ook opdrachtgevers die niet meededen, deze opbrengst in hun eigen aanbestedingen gebruiken. De
facilitators van de groepen helpen hen daarbij.</p>
"""

_BINDING = f"""
<p>Een handtekening is een begin. Wie het Manifest ondertekent, maakt daarom binnen een jaar een actieplan,
met een ambitie voor de thema's van het Manifest, en gaat elk jaar na wat ervan is gekomen. Zo wordt
zichtbaar wat een organisatie doet. Daar is in uw Kamer al in 2016 om gevraagd{_YEARLY_REPORT}.</p>
<p>Op dit moment zijn {RECEIVED.known} actieplannen ontvangen, {RECEIVED.change} dan in februari 2023. PIANOo
heeft er {EVALUATED} van geëvalueerd, in mei 2024. De evaluatie laat ondertekenaars zien waar hun plan sterk
is en waar het concreter kan. Bijlage 3 noemt de plannen.</p>
{TableNode(PLANS, "Actieplannen van ondertekenaars")}
<p>Van een deel van de ondertekenaars is de termijn voorbij, zonder dat bekend is of zij een plan hebben. Het
secretariaat van het Manifest vraagt dat bij hen na. Wie meer tijd nodig heeft, laat weten wanneer het plan
er wel ligt. De lessen uit de evaluatie komen voor alle ondertekenaars beschikbaar, zodat een volgende versie
van hun plan beter wordt.</p>
"""

_INTEGRAL = f"""
<p>MVI raakt aan veel beleid tegelijk: van klimaat en grondstoffen tot werk en internationale handel. Deze
hoofdlijn zorgt voor samenhang, tussen thema's, tussen departementen en tussen overheden. Dat geldt ook voor
het meten: nu doet iedere overheid dat nog op haar eigen manier.</p>
<p>Hoe het Rijk kan zorgen voor meer eenheid in die monitoring, wordt onderzocht onder de naam Regie op
Monitoring. Fase 2 van het onderzoek is in het najaar van 2024 begonnen en is medio 2025 gereed.</p>
<p>In dezelfde periode heeft uw Kamer zich over het onderwerp gebogen. Op 3 december 2024 ontving u de reactie
van het kabinet op het tienpuntenplan van de fracties van ChristenUnie, GroenLinks-PvdA, SP en
Volt{_REACTION}. Ook het bedrijfsleven denkt mee. VNO-NCW wil dat overheden hun eisen eenvoudig en gelijk
houden en van circulaire materialen een speerpunt maken; MVO Nederland moedigt opdrachtgevers aan om de lat
hoog te leggen. Medeoverheden en ondernemers hebben gemeen dat zij op vast beleid willen kunnen rekenen. Voor
circulair inkopen sluit het plan aan op het Nationaal Programma Circulaire Economie.</p>
<p>Het huidige plan loopt tot en met 2025. Met de medeoverheden werk ik aan het vervolg: een Nationaal plan
Maatschappelijk Verantwoord Opdrachtgeven en Inkopen dat vanaf 2026 geldt. De uitkomsten van Regie op
Monitoring en van de evaluatie van de actieplannen krijgen daarin een plaats.</p>
"""

_CLOSING = f"""
<p>Het aantal organisaties dat zich aan het Manifest verbindt, {ORGANISATIONS.trend}, en steeds meer van hen
leggen vast wat zij gaan doen. Daarmee is de inkoop van de overheid nog niet vanzelf maatschappelijk
verantwoord: dat gebeurt pas in de opdrachten zelf. Daar ligt de komende jaren het werk. In de volgende
voortgangsbrief leest u wat het heeft opgeleverd.</p>
"""

TEXTS = (
    Text("", _OPENING),
    Text("A", _ANCHORING),
    Text("B", _SECTORS),
    Text("C", _BINDING),
    Text("D", _INTEGRAL),
    Text("", _CLOSING, "Tot slot"),
)

# What the parties had before them first: by the code of a line the words of now, and those of then.
EARLIER = {
    "A": (
        "Organisaties die het Manifest nog niet hebben ondertekend, nodig ik uit om dat alsnog te doen.",
        "Organisaties die het Manifest nog niet ondertekend hebben, nodig ik uit dat alsnog te doen.",
    ),
    "C": (
        "komen voor alle ondertekenaars beschikbaar, zodat een volgende versie van hun plan beter wordt.",
        "komen voor alle ondertekenaars beschikbaar.",
    ),
    "D": (
        "is in het najaar van 2024 begonnen en is medio 2025 gereed.",
        "is in het najaar van 2024 begonnen.",
    ),
}
