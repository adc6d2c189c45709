"""The parliamentary year (vergaderjaar): from the third Tuesday of September to the next one."""

from datetime import date

TUESDAY = 1


def session_of(day: date) -> str:
    """The session in which the day falls: "2020/21", over a century "1999/2000"."""
    first = day.year if day >= _opening(day.year) else day.year - 1
    return session_name(first, first + 1)


def session_name(first: int, second: int) -> str:
    """Two years as they are printed."""
    return f"{first}/{second % 100:02}" if first // 100 == second // 100 else f"{first}/{second}"


def read_session(first: str, second: str) -> str:
    """The printed form of two typed years, of which the second may be short: ("1999", "00")."""
    start, end = int(first), int(second)
    if len(second) == 2:
        end += start // 100 * 100 + (100 if end == 0 else 0)
    return session_name(start, end)


def session_years(session: str) -> tuple[int, int]:
    """The years of a printed session: (2020, 2021)."""
    first, second = session.split("/")
    return int(first), int(second if len(second) == 4 else first[:2] + second)


def session_doubt(session: str) -> str:
    """What is odd about the session, in Dutch; empty when nothing is."""
    if not session:
        return "Het vergaderjaar ontbreekt."
    first, second = session_years(session)
    return "" if second == first + 1 else f"De jaren van vergaderjaar {session} volgen niet op elkaar."


def _opening(year: int) -> date:
    """Prinsjesdag: the third Tuesday of September."""
    first = date(year, 9, 1)
    return first.replace(day=15 + (TUESDAY - first.weekday()) % 7)
