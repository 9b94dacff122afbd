"""Marathon's API, as far as a deployment needs it."""

import json
import urllib.error
import urllib.parse
import urllib.request


class Unreachable(Exception):
    """No answer, or one that Marathon gives while it elects a leader."""


class Refused(Exception):
    """Marathon's no, in its own words."""

    def __init__(self, status, answer):
        self.status = status
        self.answer = answer if isinstance(answer, dict) else {}
        details = [f"{each.get('path', '')}: {'; '.join(each.get('errors', []))}" for each in self.answer.get("details", [])]
        super().__init__(" ".join([f"{status}", self.answer.get("message", ""), *details]).strip())

    @property
    def deployments(self):
        """Those that lock the app."""
        return [each["id"] for each in self.answer.get("deployments", [])]


class Marathon:
    def __init__(self, url):
        self.url = url.rstrip("/")

    def call(self, method, path, body=None, **query):
        url = f"{self.url}{path}" + (f"?{urllib.parse.urlencode(query)}" if query else "")
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=15) as answer:
                return json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            text = error.read()
            if error.code >= 500:
                raise Unreachable(f"{url} answers {error.code}") from None
            try:
                raise Refused(error.code, json.loads(text)) from None
            except ValueError:
                raise Refused(error.code, {"message": text.decode(errors="replace").strip()}) from None
        except (OSError, ValueError) as error:
            raise Unreachable(f"{url}: {error}") from None

    def app(self, name):
        """The app as it runs; nothing where there is none."""
        try:
            return self.call("GET", f"/v2/apps{name}")["app"]
        except Refused as refused:
            if refused.status == 404:
                return None
            raise

    def put(self, name, definition, force):
        # The whole definition: what it no longer says is gone.
        return self.call("PUT", f"/v2/apps{name}", definition, force=word(force), partialUpdate="false")

    def put_back(self, name, version):
        """To an earlier version of the app, whatever is being deployed."""
        return self.call("PUT", f"/v2/apps{name}", {"version": version}, force="true")

    def remove(self, name):
        return self.call("DELETE", f"/v2/apps{name}", force="true")

    def is_running(self, deployment):
        return any(each["id"] == deployment for each in self.call("GET", "/v2/deployments"))


def word(flag):
    return "true" if flag else "false"
