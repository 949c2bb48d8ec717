"""What a site answers about what it holds: each list of its API, page by page, as one replica of
each service tells it. Two that hold the same say the same."""
import hashlib
import http.client
import json
import re

# Not of what is stored: of now, or of the one who asks.
LEFT_OUT = ("/v1/clock", "/draft")
PAGE = 1000
# Of more than that, evenly chosen ones are asked for the lists they have.
PARENTS_MAX = 500


def ask(port, path):
    """What the gateway at `port` answers to a GET."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()


class WholeState:
    """Asks the gateway at `port`."""

    def __init__(self, port):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.answers = {}  # By path: the items of a list, or what else was said.
        self._crawl()
        self._connection.close()

    @property
    def digest(self):
        said = json.dumps(self.answers, sort_keys=True).encode()
        return hashlib.sha256(said).hexdigest()

    def differences(self, other):
        """What the two do not agree on, at most a few."""
        found = []
        for path in sorted(self.answers.keys() | other.answers.keys()):
            mine, others = self.answers.get(path), other.answers.get(path)
            if mine != others:
                found.append(f"{path}:\n  {_unlike(mine, others)}\n  {_unlike(others, mine)}")
        return "\n".join(found[:5])

    def _get(self, path):
        self._connection.request("GET", path)
        reply = self._connection.getresponse()
        body = reply.read()
        return reply.status, json.loads(body) if body else None

    def _crawl(self):
        paths = self._get("/openapi.json")[1]["paths"]
        lists = [path for path in paths if "get" in paths[path] and _is_list(path)]
        names = {""}
        for template in sorted(lists, key=lambda path: path.count("/")):
            parent = re.sub(r"\{\w+\}", "[^/]+", template[len("/v1"):].rpartition("/")[0])
            parents = sorted(name for name in names if re.fullmatch(parent, name))
            for name in parents[::len(parents) // PARENTS_MAX + 1]:
                self._read(f"/v1{name}/{template.rpartition('/')[2]}", names)

    def _read(self, path, names):
        token, items = "", []
        while True:
            status, page = self._get(f"{path}?pageSize={PAGE}&pageToken={token}")
            assert status < 500, (path, status, page)
            token = page.pop("nextPageToken", "")
            lists = [value for value in page.values() if isinstance(value, list)]
            if status != 200 or len(lists) != 1:
                items.append(page)
                break
            items += lists[0]
            names.update("/" + item["name"] for item in lists[0] if "name" in item)
            if not token:
                break
        self.answers[path] = items


def _is_list(path):
    return path.startswith("/v1/") and not path.endswith(LEFT_OUT) and path[-1] != "}" \
        and ":" not in path.rpartition("/")[2]


def _unlike(items, others):
    if not items or not others:
        return f"{len(items or [])} items"
    return [item for item in items if item not in others][:2]
