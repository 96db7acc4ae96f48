"""A page on a phone that can really be locked: hidden and frozen by Chromium itself, so that no script of it runs.

Playwright keeps its own pages in sight whatever happens; so this one is opened beside them and driven by hand.
"""

import json
import time
from typing import Any

from playwright.sync_api import Browser, Page

_WITHIN_S = 30.0


class LockablePage:
    """A page of its own; `beside` is any page of Playwright's, whose waiting lets answers in."""

    def __init__(self, browser: Browser, beside: Page, url: str) -> None:
        """Open it."""
        self._beside = beside
        self._session = browser.new_browser_cdp_session()
        context = self._session.send("Target.createBrowserContext")["browserContextId"]
        target = self._session.send("Target.createTarget", {"url": "about:blank", "browserContextId": context})
        attach = {"targetId": target["targetId"], "flatten": False}
        self._id = self._session.send("Target.attachToTarget", attach)["sessionId"]
        self._answers: dict[int, dict[str, Any]] = {}
        self._asked = 0
        self._session.on("Target.receivedMessageFromTarget", self._hear)
        self.send("Page.enable")
        self.open(url)

    def _hear(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self._answers[message["id"]] = message

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask Chromium, and wait for its answer."""
        self._asked += 1
        message = json.dumps({"id": self._asked, "method": method, "params": params})
        self._session.send("Target.sendMessageToTarget", {"sessionId": self._id, "message": message})
        until = time.monotonic() + _WITHIN_S
        while self._asked not in self._answers:
            if time.monotonic() > until:
                raise TimeoutError(method)
            self._beside.wait_for_timeout(5)
        answer = self._answers.pop(self._asked)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        found: dict[str, Any] = answer["result"]
        return found

    def evaluate(self, script: str) -> Any:
        """Return what a script gives, in JSON's own types."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until a script gives something true."""
        end = time.monotonic() + _WITHIN_S
        while not self._so(script):
            if time.monotonic() > end:
                raise TimeoutError(script)
            self._beside.wait_for_timeout(50)

    def _so(self, script: str) -> bool:
        try:
            return bool(self.evaluate(script))
        except RuntimeError as error:
            # The page that was asked has gone, and the next one is on its way.
            if "navigated" in str(error):
                return False
            raise

    def open(self, url: str) -> None:
        """Go to an address."""
        self.send("Page.navigate", url=url)
        self.until("document.readyState === 'complete' && location.protocol !== 'about:'")

    def wait(self, seconds: float) -> None:
        """Let so much time pass."""
        self._beside.wait_for_timeout(1000 * seconds)

    def lock(self, seconds: float) -> None:
        """Hide and freeze it for so long, and show it again."""
        self.send("Emulation.setFocusEmulationEnabled", enabled=False)
        self.send("Page.setWebLifecycleState", state="frozen")
        self.wait(seconds)
        self.send("Page.setWebLifecycleState", state="active")
        self.send("Emulation.setFocusEmulationEnabled", enabled=True)
