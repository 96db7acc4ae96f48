"""A word planted in every address, field, header and body there is: no log holds it, whatever is answered or breaks."""

from pathlib import Path
from typing import Any

import pytest
from tests.web.hosted import ADDRESS, ask

MARK = "Zolmarkidol"
SCRIPT = """
import io, logging, re
from unittest.mock import patch
from tests.web.url_table import addresses
from django.urls import get_resolver
from quietlegs.web.store.diary import StoredDiary
MARK = "Zolmarkidol"
out = io.StringIO()
for name in (None, *list(logging.root.manager.loggerDict)):
    for one in logging.getLogger(name).handlers:
        if isinstance(one, logging.StreamHandler):
            one.setStream(out)
    if name is None or name.startswith(("django", "quietlegs", "allauth")):
        logging.getLogger(name).setLevel(logging.DEBUG)
client.raise_request_exception = False
if settings.HOSTED:
    from quietlegs.web.accounts.models import Account
    from quietlegs.web.store.diaries import new_diary
    person = Account.objects.create(email="one@example.org", is_host=True, diary_id=new_diary())
    client.force_login(person)
from quietlegs.web.store import tokens
from quietlegs.web.store.whose import in_hand
with in_hand(person.diary_id if settings.HOSTED else 1):
    key = tokens.make("one", ["read", "write"])
filled = {"IntConverter": "1", "UUIDConverter": "01890000-0000-7000-8000-000000000000", "StringConverter": MARK,
          "SlugConverter": MARK, "PathConverter": MARK}
ENDS = ("account/sign-out/", "account/delete/", "account/people/1/")
def address(one):
    path = one["route"].replace("^", "").replace("$", "").replace("\\\\Z", "")
    path = re.sub(r"\\(\\?P<\\w+>[^)]*\\)", MARK, path)
    return "/" + re.sub(r"<(?:\\w+:)?(\\w+)>", lambda found: filled[one["takes"][found[1]]], path)
every = sorted({address(one) for one in addresses(get_resolver()) if not one["route"].startswith(ENDS)})
asked, fields, statuses = 0, 0, set()
def tried(verb, path, **more):
    global asked
    asked += 1
    answer = getattr(client, verb)(path, headers={"referer": f"https://{name}/{MARK}", "user-agent": MARK}, **more)
    statuses.add(answer.status_code)
    if answer.streaming:
        b"".join(answer)
        return ""
    return answer.content.decode("utf-8", "replace")
def everywhere():
    global fields
    for path in every:
        page = tried("get", f"{path}?q={MARK}&night={MARK}&then={MARK}")
        for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
            names = set(re.findall(r' name="([^"]+)"', form))
            action = re.search(r'action="([^"]+)"', form)
            goal = action[1] if action else path
            fields += len(names)
            if goal.strip("/").startswith(tuple(end.strip("/") for end in ENDS)):
                continue
            tried("post", goal, data={one: MARK for one in names})
            tried("post", goal, data=dict.fromkeys(names, "1") | {"text": MARK})
        for verb in ("post", "put", "patch", "delete", "options"):
            said = json.dumps([{"id": MARK, "payload": {"text": MARK}}])
            tried(verb, path, data=said, content_type="application/json")
            if path.startswith("/api/"):
                for said in (MARK, key):
                    client.generic(verb.upper(), path, MARK, headers={"authorization": f"Bearer {said}"})
everywhere()
def breaks(*_args, **_more):
    raise RuntimeError(f"the row of {MARK}")
with patch.object(StoredDiary, "facts", breaks), patch.object(StoredDiary, "add", breaks), \\
        patch.object(StoredDiary, "all_facts", breaks), patch.object(StoredDiary, "arrived", breaks):
    everywhere()
lines = out.getvalue().splitlines()
print(json.dumps({"addresses": len(every), "asked": asked, "fields": fields, "statuses": sorted(statuses),
                  "lines": len(lines), "found": [line for line in lines if MARK in line][:5],
                  "broke": sum("RuntimeError" in line for line in lines)}))
"""


@pytest.mark.parametrize(
    ("at", "most"),
    [
        # A group has all of one person's addresses, and more.
        pytest.param("", 60, marks=pytest.mark.slow, id="one person's"),
        pytest.param(ADDRESS, 90, id="a group's"),
    ],
)
@pytest.mark.sweep
def test_it_logs_no_planted_word_of_any_address_field_or_error(tmp_path: Path, at: str, most: int) -> None:
    told: dict[str, Any] = ask(tmp_path, SCRIPT, QUIETLEGS_HOSTED_AT=at, QUIETLEGS_MAIL_URL="console:" if at else "")

    assert told["found"] == []
    assert told["addresses"] > most
    assert told["fields"] > most
    assert {200, 302, 400, 404, 405, 500} <= set(told["statuses"])
    assert told["lines"] > 500
    assert told["broke"] > 20
