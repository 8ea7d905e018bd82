"""Two connections at once: acts that wait for each other and then begin together, each in a thread of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

from backlog.kernel.database import session
from tests.world import Browser, Caller

Act = Callable[[], Any]


def at_once(*acts: Act) -> list[Any]:
    """The answers of acts begun together, in the order of the acts; what the test held is let go before."""
    session.commit()
    gate = Barrier(len(acts))

    def begin(act: Act) -> Any:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        answers = [each.result() for each in [pool.submit(begin, act) for act in acts]]
    session.expire_all()
    return answers


def either_way(turn: int, one: Act, other: Act) -> tuple[int, int]:
    """The statuses of two acts begun together, the first of them begun first in every other round."""
    pair = (one, other) if turn % 2 == 0 else (other, one)
    answers = [each.status_code for each in at_once(*pair)]
    return (answers[0], answers[1]) if turn % 2 == 0 else (answers[1], answers[0])


def call(caller: Caller, method: str, path: str, body: Any = None, **headers: str) -> Act:
    """A program's request, to be made later."""
    return partial(caller, method, path, body, **headers)


def press(browser: Browser, path: str, **form: Any) -> Act:
    """A person's form, filled and to be sent later."""
    return partial(browser.client.post, path, data={"csrf_token": browser.token(), **form})


def code_of(answer: Any) -> tuple[int, str | None]:
    """Status and the code of the refusal."""
    return answer.status_code, (answer.get_json() or {}).get("code")
