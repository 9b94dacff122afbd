"""The operator API of Mesos, at whichever master leads."""

import json
import sys
import urllib.parse

import slipway_machine as machine

PORT = 5050
HOPS = 3


class NoLeader(Exception):
    """No master answers for all of them now; one will again."""


def ask(masters, call, port=PORT):
    """What the leading master answers to a call. The others know who leads: they answer 307."""
    said = []
    for master in masters:
        url = f"http://{master}:{port}/api/v1"
        for _ in range(HOPS):
            try:
                status, body, location = post(url, call)
            except OSError as error:
                said.append(f"{url}: {error}")
                break
            if status == 307 and location:
                # Mesos writes it without a scheme: //10.0.0.1:5050/api/v1
                url = urllib.parse.urljoin(url, location)
                continue
            if status in (200, 202):
                return json.loads(body) if body.strip() else {}
            # 503: a leader that is no longer one, or not yet.
            said.append(f"{url}: {status} {body.strip()[:200]}")
            break
        else:
            said.append(f"{url}: more than {HOPS} hops to a leader")
    raise NoLeader("; ".join(said))


class Stay(machine.urllib.request.HTTPRedirectHandler):
    """A POST is repeated by us, with its body."""

    def redirect_request(self, *_):
        return None


def post(url, call):
    request = machine.urllib.request.Request(url, data=json.dumps(call).encode(), method="POST")
    request.add_header("Content-Type", "application/json")
    request.add_header("Accept", "application/json")
    opener = machine.urllib.request.build_opener(machine.urllib.request.ProxyHandler({}), Stay)
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, answer.read().decode(), None
    except machine.urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(errors="replace"), error.headers.get("Location")


if __name__ == "__main__":
    sys.exit("a library, not a program")
