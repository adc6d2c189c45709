"""The letter of 15 February 2023, along seven action lines."""

from __future__ import annotations

from mvi_portal.core.prose import CitationNode, TableNode
from mvi_portal.demo.common import LETTER_2021
from mvi_portal.demo.texts import (
    GROUPS,
    MINISTRIES,
    MUNICIPALITIES,
    ORGANISATIONS,
    OTHERS,
    PROVINCES,
    RECEIVED,
    SIGNATORIES,
    SIGNATURES,
    WATER_AUTHORITIES,
    Text,
)

_OPENING = f"""
<p>Op 22 januari 2021 is uw Kamer het Nationaal plan Maatschappelijk Verantwoord Inkopen (MVI) 2021-2025
aangeboden{CitationNode(LETTER_2021)}. Daarmee wil het kabinet dat overheden bij elke opdracht meewegen wat
die betekent voor mens en milieu. In deze brief leest u wat er sinds begin 2021 is gedaan.</p>
<p>Ik schrijf u mede namens de bewindspersonen van Binnenlandse Zaken en Koninkrijksrelaties (BZK),
Economische Zaken en Klimaat (EZK), Sociale Zaken en Werkgelegenheid (SZW), Onderwijs, Cultuur en Wetenschap
(OCW), Landbouw, Natuur en Voedselkwaliteit (LNV) en voor Buitenlandse Handel en Ontwikkelingssamenwerking
(BHOS). De brief volgt de actielijnen waarin het plan is uitgewerkt.</p>
"""

_AGREEMENTS = f"""
<p>Goede voornemens houden beter stand als bestuurders er hun naam onder zetten. Op 24 november 2022 is
daarom het Manifest Maatschappelijk Verantwoord Opdrachtgeven en Inkopen 2022-2025 (Manifest MVOI)
ondertekend. {MINISTRIES.all} {MINISTRIES} departementen doen mee, net als {PROVINCES.words} provincies,
{OTHERS.words} andere overheidsorganisaties en {MUNICIPALITIES} gemeenten: {MUNICIPALITIES.change} dan op de
dag van de ondertekening. De Unie van Waterschappen tekende voor {WATER_AUTHORITIES.all} {WATER_AUTHORITIES}
waterschappen. Samen zijn dat {ORGANISATIONS} organisaties onder {SIGNATURES} handtekeningen.</p>
{TableNode(SIGNATORIES, "Ondertekenaars van het Manifest MVOI")}
<p>Wie ondertekent, belooft binnen een jaar een actieplan te maken en daarover elk jaar verslag te doen. Op
dit moment is {RECEIVED} actieplan ontvangen: dat van de Unie van Waterschappen. De meeste plannen verwacht
ik in de loop van dit jaar. Ik blijf organisaties die nog niet meedoen, uitnodigen om zich aan te
sluiten.</p>
"""

_SECTORS = f"""
<p>In sommige sectoren is met inkoop meer te bereiken dan in andere. Het plan richt zich daarom op de bouw,
de grond-, weg- en waterbouw, de mobiliteit en de bedrijfsvoering van overheden. Opdrachtgevers in een sector
werken daar samen in buyer groups: zij maken met marktpartijen één visie op een productgroep en stellen
daarna in hun eigen aanbestedingen dezelfde vraag.</p>
<p>Sinds 2020 zijn {GROUPS.known} buyer groups gestart. De eerste daarvan passen hun strategie nu toe in
eigen projecten. De ervaring leert dat een groep ongeveer twee jaar nodig heeft. Wat een groep maakt, komt
voor iedere opdrachtgever beschikbaar.</p>
"""

_CLIENTS = """
<p>De belangrijkste keuzes vallen voordat een inkoper aan zet is: wanneer een opdrachtgever bepaalt wat er
nodig is, en wat het mag kosten. Deze actielijn helpt opdrachtgevers en budgethouders om maatschappelijke
doelen al in dat begin een plaats te geven.</p>
<p>Eerdere evaluaties laten zien wat daarvoor nodig is: bestuurders die het uitdragen, ruimte in geld en
mensen, en aansluiting bij de manier waarop een organisatie al werkt. Het Manifest sluit
daarbij aan: een ondertekenaar kiest voor elk thema zelf hoe ver de ambitie reikt, en legt dat bestuurlijk
vast.</p>
"""

_SUPPORT = """
<p>Inkopers hoeven het wiel niet zelf uit te vinden. Expertisecentrum Aanbesteden PIANOo heeft handleidingen
voor organisaties die beginnen en voor organisaties die al verder zijn, en houdt webinars en
inloopspreekuren. In de MVI-criteriatool vinden inkopers eisen en gunningscriteria op verschillende
ambitieniveaus, die zij direct in hun stukken kunnen overnemen.</p>
<p>Het komende jaar gaat de aandacht vooral uit naar het schrijven van de actieplannen. Veel organisaties
vragen daar hulp bij.</p>
"""

_COMMUNICATION = """
<p>Voorbeelden overtuigen meer dan voorschriften. Op de website van PIANOo, in nieuwsbrieven en op
bijeenkomsten laten organisaties elkaar zien wat zij hebben gevraagd en wat dat heeft opgeleverd. Dat
blijft zo, ook voor wat nog niet lukt.</p>
"""

_MONITORING = """
<p>Het Rijksinstituut voor Volksgezondheid en Milieu (RIVM) brengt om de twee jaar in beeld hoe vaak
overheden bij hun inkoop op maatschappelijke doelen letten, en wat dat oplevert voor klimaat en milieu. Met
MVI-ZET kunnen organisaties daarnaast hun eigen aanbestedingen volgen.</p>
<p>Nog niet alle overheden meten, en wie meet doet dat niet altijd op dezelfde manier. Uitkomsten zijn
daardoor lastig te vergelijken. De komende jaren werk ik met de medeoverheden aan een beeld dat voor iedereen
hetzelfde betekent.</p>
"""

_GOVERNANCE = """
<p>Mijn ministerie coördineert het plan en is ook het secretariaat van het Manifest. De departementen die aan
het plan meewerken, dragen samen de kosten en stemmen hun inzet af in een overleg van directeuren.
Daaraan nemen ook de koepels van de medeoverheden deel: het Interprovinciaal Overleg, de Unie van
Waterschappen en de Vereniging van Nederlandse Gemeenten.</p>
"""

_CLOSING = f"""
<p>De afgelopen twee jaar is een stevige basis gelegd: {ORGANISATIONS} organisaties hebben zich verbonden aan
dezelfde doelen. Nu volgt de stap van belofte naar plan, en van plan naar opdracht. In de volgende
voortgangsbrief leest u hoe ver de ondertekenaars daarmee zijn.</p>
"""

TEXTS = (
    Text("", _OPENING),
    Text("1", _AGREEMENTS),
    Text("2", _SECTORS),
    Text("3", _CLIENTS),
    Text("4", _SUPPORT),
    Text("5", _COMMUNICATION),
    Text("6", _MONITORING),
    Text("7", _GOVERNANCE),
    Text("", _CLOSING, "Tot slot"),
)
