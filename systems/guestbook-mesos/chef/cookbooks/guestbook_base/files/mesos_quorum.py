"""Whether the masters are one cluster: what must be so before the next of their machines is replaced."""

import json
import sys
import urllib.request

SECONDS = 5
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ask(url):
    with OPENER.open(url, timeout=SECONDS) as answer:
        return answer.read().decode()


def snapshots(masters, port):
    """What each master counts; why not, where it does not answer."""
    found, away = {}, []
    for address in masters:
        try:
            ask(f"http://{address}:{port}/health")
            found[address] = json.loads(ask(f"http://{address}:{port}/metrics/snapshot"))
        except (OSError, ValueError) as error:
            away.append(f"{address}: {error}")
    return found, away


def trouble(masters, port, consul):
    """Every reason not to take a machine away now."""
    found, said = snapshots(masters, port)
    leaders = [address for address, metrics in found.items() if metrics.get("master/elected") == 1]
    if len(leaders) != 1:
        said.append(f"{len(leaders)} masters lead")
    for leader in leaders:
        size = found[leader].get("registrar/log/ensemble_size", len(masters))
        if size != len(masters):
            said.append(f"the replicated log has {size:.0f} of {len(masters)} members")
    try:
        if not json.loads(ask(f"http://127.0.0.1:{consul}/v1/operator/autopilot/health"))["Healthy"]:
            said.append("Consul's servers are not all healthy")
    except (OSError, ValueError, KeyError) as error:
        said.append(f"Consul: {error}")
    return said


if __name__ == "__main__":
    sys.exit("a library, not a program")
