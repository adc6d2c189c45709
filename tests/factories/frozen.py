"""Frozen letters without a database: a whole, realistic one without arguments."""

from __future__ import annotations

from datetime import date

import factory

from reports.frozen import (
    FrozenAnnex,
    FrozenFigure,
    FrozenLetter,
    FrozenOrganisation,
    FrozenSection,
    FrozenSender,
    FrozenTable,
    FrozenUnit,
)

REFERENCE_DATE = date(2025, 1, 31)
SINCE = date(2023, 2, 15)


class OrganisationFactory(factory.Factory[FrozenOrganisation]):
    class Meta:
        model = FrozenOrganisation

    key = "mnre1130"
    name = "Infrastructuur en Waterstaat"
    name_with_kind = factory.LazyAttribute(lambda made: f"ministerie van {made.name}")
    abbreviation = "IenW"


class SenderFactory(factory.Factory[FrozenSender]):
    class Meta:
        model = FrozenSender

    organisation = factory.SubFactory(OrganisationFactory)
    office = "De staatssecretaris van Infrastructuur en Waterstaat - Openbaar Vervoer en Milieu"
    holder = "A.B. Voorbeeld"
    visiting = ("Rijnstraat 8", "2515 XP Den Haag")
    postal = ("Postbus 20901", "2500 EX Den Haag")
    phone = "070-456 0000"
    website = "www.voorbeeld.nl"


class FigureFactory(factory.Factory[FrozenFigure]):
    class Meta:
        model = FrozenFigure

    key = "ondertekenaars.gemeenten"
    label = "Gemeenten die het Manifest ondertekenden"
    definition = "Gemeenten die op de peildatum bestaan en onder een geldige handtekening vallen."
    unit = FrozenUnit("gemeente", "gemeenten")
    line = "A"
    value = 70
    qualifier = "exact"
    note = ""
    previous: int | None = 50
    population: int | None = 342
    rows: tuple[str, ...] = ()
    series: tuple[tuple[date, int], ...] = ()


class AnnexFactory(factory.Factory[FrozenAnnex]):
    """With one table; `AnnexFactory(tables=())` is a separate document."""

    class Meta:
        model = FrozenAnnex

    number = 1
    title = "Ondertekenaars van het Manifest"
    intro = "De lijst noemt elke organisatie bij de naam die zij op de peildatum had."
    tables = factory.LazyFunction(lambda: (signatories(),))


class LetterFactory(factory.Factory[FrozenLetter]):
    """The progress letter of 2025, with figures, footnotes, a table, a chart, annexes and co-senders."""

    class Meta:
        model = FrozenLetter

    name = "voortgangsbrief-2025"
    title = "Voortgang Nationaal plan Maatschappelijk Verantwoord Inkopen 2021-2025"
    dated = REFERENCE_DATE
    reference_date = REFERENCE_DATE
    since = SINCE
    since_title = "Voortgang Nationaal plan Maatschappelijk Verantwoord Inkopen"
    plan = "Nationaal plan Maatschappelijk Verantwoord Inkopen 2021-2025"
    what_if = False
    is_demo = False
    reference = "IENW/BSK-2025/000001"
    sender = factory.SubFactory(SenderFactory)
    co_senders = factory.LazyFunction(lambda: co_senders())
    addressee = (
        "De voorzitter van de Tweede Kamer",
        "der Staten-Generaal",
        "Postbus 20018",
        "2500 EA Den Haag",
    )
    salutation = "Geachte voorzitter,"
    closing = "Hoogachtend,"
    sections = factory.LazyFunction(lambda: sections())
    figures = factory.LazyFunction(lambda: figures())
    annexes = factory.LazyFunction(
        lambda: (AnnexFactory(), AnnexFactory(number=2, title="Evaluatie van de actieplannen", tables=()))
    )

    @classmethod
    def plain(cls, html: str = "<p>De tekst.</p>", **fields: object) -> FrozenLetter:
        """One section with this text, without co-senders and annexes."""
        return cls(**{"sections": (section(html),), "co_senders": (), "annexes": (), **fields})


def section(html: str, *, code: str = "", title: str = "") -> FrozenSection:
    return FrozenSection(code, title, html)


def figures() -> dict[str, FrozenFigure]:
    """Figures as the register would freeze them, by key."""
    made = [
        FigureFactory(series=_months(46, 70)),
        FigureFactory(
            key="ondertekenaars.provincies",
            label="Provincies die het Manifest ondertekenden",
            definition="Provincies die op de peildatum onder een geldige handtekening vallen.",
            unit=FrozenUnit("provincie", "provincies"),
            value=5,
            previous=5,
            population=12,
        ),
        FigureFactory(
            key="ondertekenaars.departementen",
            label="Departementen die het Manifest ondertekenden",
            definition="Ministeries die op de peildatum bestaan en onder een geldige handtekening vallen.",
            unit=FrozenUnit("departement", "departementen"),
            value=15,
            previous=12,
            population=15,
        ),
        FigureFactory(
            key="actieplannen.ontvangen",
            label="Actieplannen die zijn ontvangen",
            definition="Actieplannen waarvan uiterlijk op de peildatum een versie is ontvangen.",
            unit=FrozenUnit("actieplan", "actieplannen"),
            line="C",
            value=53,
            qualifier="at-least",
            note="Niet elke organisatie meldt haar plan aan.",
            previous=4,
            population=None,
        ),
        FigureFactory(
            key="actieplannen.geevalueerd",
            label="Actieplannen die zijn geëvalueerd",
            definition="Actieplannen met een gepubliceerde evaluatie van uiterlijk de peildatum.",
            unit=FrozenUnit("actieplan", "actieplannen"),
            line="C",
            value=27,
            previous=0,
            population=None,
        ),
        FigureFactory(
            key="buyergroups.gestart",
            label="Buyer groups die zijn gestart",
            definition="Groepen die vanaf 1 januari 2020 tot en met de peildatum zijn gestart.",
            unit=FrozenUnit("buyer group", "buyer groups"),
            line="B",
            value=35,
            qualifier="about",
            note="Van enkele groepen is de startdatum bij benadering bekend.",
            previous=28,
            population=None,
        ),
    ]
    return {figure.key: figure for figure in made}


def co_senders() -> tuple[FrozenSender, ...]:
    names = ("Binnenlandse Zaken en Koninkrijksrelaties", "Economische Zaken")
    return tuple(
        SenderFactory(organisation__name=name, office=f"De minister van {name}", holder="") for name in names
    )


def signatories(rows: int = 40) -> FrozenTable:
    """Made-up municipalities, one in three with a plan."""
    return FrozenTable(
        "Gemeenten",
        ("Organisatie", "Provincie", "Ondertekend op", "Plannen"),
        tuple(
            (f"Voorbeeldgemeente {number:02}", "Utrecht", "24 november 2022", str(int(number % 3 == 0)))
            for number in range(1, rows + 1)
        ),
        numeric=(3,),
    )


def _months(begin: int, end: int) -> tuple[tuple[date, int], ...]:
    """The first day of each month from December 2022, and the reference date; growing evenly."""
    days = [date(2022 + (11 + month) // 12, (11 + month) % 12 + 1, 1) for month in range(26)]
    days.append(REFERENCE_DATE)
    return tuple((day, begin + (end - begin) * index // 26) for index, day in enumerate(days))


def _figure(key: str, form: str = "number") -> str:
    return f'<mvi-figure data-key="{key}" data-form="{form}"></mvi-figure>'


_CITATION = '<mvi-citation data-ref="{}"></mvi-citation>'


def sections() -> tuple[FrozenSection, ...]:
    """An opening, the four lines, and a closing."""
    return (
        section(
            "<p>Op 22 januari 2021 ontving uw Kamer het Nationaal plan Maatschappelijk Verantwoord Inkopen."
            f"{_CITATION.format('Kamerstukken II 2020/21, 30 196, nr. 746')} Sindsdien werken het Rijk, de "
            "provincies, de waterschappen en de gemeenten eraan om met hun inkoop ook maatschappelijke "
            "doelen dichterbij te brengen: een schoner milieu, een kleinere CO₂-uitstoot en meer kansen op "
            "werk.</p>"
            "<p>Met deze brief informeren wij u over de voortgang sinds de vorige brief."
            f"{_CITATION.format('Kamerstukken II 2022/23, 30 196, nr. 807')} De brief volgt de vier "
            "hoofdlijnen van het plan.</p>"
        ),
        section(
            f"<p>Het aantal gemeenten dat het Manifest Maatschappelijk Verantwoord Opdrachtgeven en Inkopen "
            f"ondertekende, {_figure('ondertekenaars.gemeenten', 'trend')}. Op de peildatum waren het er "
            f"{_figure('ondertekenaars.gemeenten')}, dat zijn er "
            f"{_figure('ondertekenaars.gemeenten', 'change')} dan bij de vorige brief. "
            f"{_figure('ondertekenaars.provincies', 'words')} provincies doen mee, en "
            f"{_figure('ondertekenaars.departementen', 'all')} departementen.</p>"
            '<mvi-table data-keys="ondertekenaars.departementen ondertekenaars.provincies '
            'ondertekenaars.gemeenten" data-title="Ondertekenaars van het Manifest"></mvi-table>'
            '<mvi-chart data-key="ondertekenaars.gemeenten" data-from="2022-11-24" '
            'data-title="Gemeenten die het Manifest ondertekenden"></mvi-chart>'
            "<p>Sinds eind 2023 spreken bewindslieden en bestuurders van de koepels elkaar geregeld over de "
            "voortgang. In juni 2024 spraken zij af om het beleid de komende jaren voort te zetten.</p>",
            code="A",
            title="Brede borging van MVI in de organisatie",
        ),
        section(
            "<p>In een buyer group kopen publieke opdrachtgevers niet samen in, maar stellen zij wel samen "
            "vast wat zij van de markt vragen. Sinds 2020 zijn er "
            f"{_figure('buyergroups.gestart', 'at-least')} gestart. Zij leveren onder "
            "meer:</p><ul><li>een gezamenlijke marktvisie;</li>"
            "<li>een strategie voor de inkoop;</li><li>teksten die in elk bestek te gebruiken zijn.</li></ul>"
            "<h3>Bouw en infrastructuur</h3><p>De groepen voor zero-emissiebouwmaterieel en circulaire "
            "viaducten laten zien dat een gelijke vraag de markt zekerheid geeft."
            "<mvi-footnote>Meer hierover staat op de website van PIANOo, het expertisecentrum aanbesteden."
            "</mvi-footnote> Daarom gaan deze groepen ook in 2025 verder.</p>",
            code="B",
            title="Strategische inzet op sectoren",
        ),
        section(
            f"<p>Wie het Manifest ondertekent, stelt binnen een jaar een actieplan vast. Er zijn inmiddels "
            f"{_figure('actieplannen.ontvangen', 'at-least')} plannen ontvangen. PIANOo heeft er "
            f"{_figure('actieplannen.geevalueerd')} geëvalueerd, in mei 2024.</p>"
            '<mvi-table data-keys="actieplannen.ontvangen actieplannen.geevalueerd" '
            'data-title="Actieplannen"></mvi-table>'
            "<p>Organisaties die nog geen plan hebben, krijgen hulp in de vorm van handleidingen, spreekuren "
            "en bijeenkomsten.</p>",
            code="C",
            title="Minder vrijblijvendheid",
        ),
        section(
            "<p>Overheden meten hun maatschappelijke inkoop nog niet op dezelfde manier. In het onderzoek "
            "Regie op Monitoring bekijkt het Rijk hoe daar meer eenheid in kan komen. De tweede fase begon "
            "in het najaar van 2024 en is naar verwachting medio 2025 klaar.</p>",
            code="D",
            title="Integrale aanpak van MVI",
        ),
        section(
            "<p>Het plan loopt tot en met 2025. Wij bereiden een nieuw plan voor dat in 2026 begint, en "
            "informeren u daar in de loop van dit jaar over.</p>"
        ),
    )
