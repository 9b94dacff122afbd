"""dash-front: the page that lists hardware, as dash-back reports it."""

import os
import re
import sys

import requests
from flask import Flask, Response, jsonify, render_template, request
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

DEFAULT_BACK_URL = "http://dash-back:5001/hardware/"
# A name in the overlay network has an address per task; one that just went away must not use up the whole time.
CONNECT_SECONDS = 2


class BackAway(Exception):
    """Nobody answers there, or not in time: it may be better in a moment."""


class BackWrong(Exception):
    """Somebody answers, but not what was asked for."""


def number(environ, name, default, least, most):
    """A setting that is a number; a mistake ends the program with a sentence."""
    text = environ.get(name) or str(default)
    if not re.fullmatch(r"\d{1,6}", text) or not least <= int(text) <= most:
        sys.exit(f"{name} must be a number from {least} to {most}, got {text}")
    return int(text)


class Back:
    """The other service, through its URL."""

    def __init__(self, url, seconds):
        if not re.match(r"https?://[^/]+/", url):
            sys.exit(f"BACK_URL must look like {DEFAULT_BACK_URL}, got {url}")
        self.url, self.seconds = url, seconds

    def rows(self, after, limit):
        """One page of rows, and the id after which the next page starts (None on the last one)."""
        # A request that never arrived is repeated, and one that was cut off; an answer is an answer.
        retries = Retry(total=3, connect=3, read=1, status=0, backoff_factor=0.1)
        with requests.Session() as session:
            session.trust_env = False
            session.mount("http://", HTTPAdapter(max_retries=retries))
            session.mount("https://", HTTPAdapter(max_retries=retries))
            try:
                answer = session.get(
                    self.url,
                    params={"after": after, "limit": limit},
                    timeout=(CONNECT_SECONDS, self.seconds),
                    allow_redirects=False,
                )
            except (requests.ConnectionError, requests.Timeout) as error:
                raise BackAway(str(error)) from error
            except requests.RequestException as error:
                raise BackWrong(str(error)) from error
        if answer.status_code in (503, 504):
            raise BackAway(f"status {answer.status_code}")
        if answer.status_code != 200:
            raise BackWrong(f"status {answer.status_code}")
        return hardware(answer), following(answer)


def hardware(answer):
    """The rows of an answer; each has a provider, a name and an availability, or the answer is wrong."""
    try:
        rows = answer.json()
    except ValueError as error:
        raise BackWrong("not JSON") from error
    keys = ("provider", "name", "availability")
    if not isinstance(rows, list):
        raise BackWrong("not a list")
    for row in rows:
        if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in keys):
            raise BackWrong("a row without provider, name and availability")
    return rows


def following(answer):
    match = re.search(r"[?&]after=(\d+)", answer.links.get("next", {}).get("url", ""))
    return int(match[1]) if match else None


def create_app(environ=os.environ):
    app = Flask(__name__)
    back = Back(
        environ.get("BACK_URL") or DEFAULT_BACK_URL, number(environ, "BACK_TIMEOUT_SECONDS", 15, least=1, most=50)
    )
    limit = number(environ, "PAGE_ROWS", 100, least=1, most=1000)
    version = environ.get("DASHBOARD_VERSION", "")

    def apology(status, reason):
        app.logger.warning("dash-back: %s", reason)
        return Response(render_template("apology.html"), status=status, headers={"Retry-After": "10"})

    @app.get("/")
    def page():
        after = request.args.get("after", "0")
        # As large as the column is: a larger number would be a mistake of PostgreSQL's client.
        if not re.fullmatch(r"[0-9]{1,10}", after) or int(after) > 2**31 - 1:
            return Response("after must be the id of a row\n", status=400, mimetype="text/plain")
        try:
            rows, next_after = back.rows(int(after), limit)
        except BackAway as reason:
            return apology(503, reason)
        except BackWrong as reason:
            return apology(502, reason)
        return render_template("page.html", rows=rows, after=int(after), next_after=next_after)

    @app.get("/healthz")
    def healthz():
        # Asks nobody: the load balancer wants to know of this task, and dash-back takes seconds.
        return jsonify(service="dash-front", version=version)

    @app.after_request
    def headers(answer):
        # Availability changes all the time.
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    return app
