"""The specification of dash-front, against a dash-back of its own that answers as it is told."""

import json
import os
import subprocess
import sys
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from front import create_app

ROWS = [
    {"provider": "Amazon", "name": "c5", "availability": "HIGH"},
    {"provider": "Azure", "name": "H16mr", "availability": "LOW"},
]


class StubBack:
    """A server that gives one answer after the other, the last one for ever, and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                stub.asked.append(self.path)
                answer = stub.answers.pop(0) if len(stub.answers) > 1 else stub.answers[0]
                if answer == "cut off":
                    self.close_connection = True
                    return
                status, body, headers, wait = answer
                time.sleep(wait)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    self.wfile.write(body.encode())
                except BrokenPipeError:
                    pass  # it did not wait

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hardware/"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def answer(rows, status=200, headers=None, wait=0):
    return (status, rows if isinstance(rows, str) else json.dumps(rows), headers or {}, wait)


def client(url, **environ):
    return create_app({"BACK_URL": url, "BACK_TIMEOUT_SECONDS": "1", **environ}).test_client()


class Page(unittest.TestCase):
    def test_lists_provider_name_and_availability_one_line_each(self):
        with StubBack(answer(ROWS)) as back:
            page = client(back.url).get("/")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Amazon - c5: HIGH<br>\nAzure - H16mr: LOW\n</p>", page.text)
        self.assertEqual(back.asked, ["/hardware/?after=0&limit=100"])

    def test_shows_names_as_text_and_not_as_html(self):
        with StubBack(answer([{"provider": "<script>", "name": 'a"&b', "availability": "HIGH"}])) as back:
            page = client(back.url).get("/").text
        self.assertIn("&lt;script&gt; - a&#34;&amp;b: HIGH", page)

    def test_says_so_when_there_is_nothing(self):
        with StubBack(answer([])) as back:
            self.assertIn("No hardware yet.", client(back.url).get("/").text)

    def test_leads_through_many_rows(self):
        following = {"Link": '</hardware/?after=7&limit=2>; rel="next"'}
        with StubBack(answer(ROWS, headers=following), answer(ROWS[:1])) as back:
            browser = client(back.url, PAGE_ROWS="2")
            self.assertIn('href="/?after=7"', browser.get("/").text)
            last = browser.get("/?after=7").text
        self.assertNotIn("Next page", last)
        self.assertIn("First page", last)
        self.assertEqual(back.asked, ["/hardware/?after=0&limit=2", "/hardware/?after=7&limit=2"])

    def test_refuses_a_place_that_is_none(self):
        with StubBack(answer(ROWS)) as back:
            for after in ("x", "-1", "1 or 1=1", "99999999999", "2147483648", "\u0661"):
                self.assertEqual(client(back.url).get("/", query_string={"after": after}).status_code, 400, after)
        self.assertEqual(back.asked, [])

    def test_asks_the_name_in_the_overlay_network_unless_told_otherwise(self):
        import front

        self.assertEqual(front.DEFAULT_BACK_URL, "http://dash-back:5001/hardware/")


class BackInTrouble(unittest.TestCase):
    def shows(self, page, status):
        self.assertEqual(page.status_code, status)
        self.assertIn("try again in a moment", page.text)
        self.assertNotIn("Traceback", page.text)
        self.assertEqual(page.headers["Retry-After"], "10")

    def test_nobody_there(self):
        with StubBack(answer(ROWS)) as back:
            url = back.url
        self.shows(client(url).get("/"), 503)

    def test_too_slow(self):
        with StubBack(answer(ROWS, wait=3)) as back:
            self.shows(client(back.url).get("/"), 503)

    def test_its_database_away(self):
        with StubBack(answer({"error": "the database does not answer"}, status=503)) as back:
            self.shows(client(back.url).get("/"), 503)
        self.assertEqual(len(back.asked), 1)

    def test_wrong_answers(self):
        wrong = ["<html>", {"provider": "x"}, ["x"], [{"provider": "x", "name": "y"}], [{**ROWS[0], "name": 3}]]
        for body in wrong:
            with self.subTest(body=body), StubBack(answer(body)) as back:
                self.shows(client(back.url).get("/"), 502)
        for status in (302, 404, 500):
            elsewhere = answer(ROWS, status=status, headers={"Location": "/hardware/"})
            with self.subTest(status=status), StubBack(elsewhere, answer(ROWS)) as back:
                self.shows(client(back.url).get("/"), 502)

    def test_a_connection_that_broke_is_tried_once_more(self):
        with StubBack("cut off", answer(ROWS)) as back:
            self.assertEqual(client(back.url).get("/").status_code, 200)
        self.assertEqual(len(back.asked), 2)


class HealthCheck(unittest.TestCase):
    def test_answers_without_asking_dash_back(self):
        with StubBack(answer(ROWS, wait=3)) as back:
            start = time.monotonic()
            health = client(back.url, DASHBOARD_VERSION="1.2.3").get("/healthz")
            self.assertLess(time.monotonic() - start, 1)
        self.assertEqual((health.status_code, health.json), (200, {"service": "dash-front", "version": "1.2.3"}))
        self.assertEqual(back.asked, [])


class Settings(unittest.TestCase):
    def test_a_mistake_ends_the_server_at_once_with_a_sentence(self):
        for name, value in (("BACK_URL", "dash-back:5001"), ("BACK_TIMEOUT_SECONDS", "soon"), ("PAGE_ROWS", "0")):
            with self.subTest(name=name):
                ended = subprocess.run(
                    ["gunicorn", "--config", "gunicorn.conf.py", "front:create_app()"],
                    env={**os.environ, name: value},
                    capture_output=True,
                    text=True,
                    timeout=20,
                )
                self.assertEqual(ended.returncode, 1)
                self.assertRegex(ended.stderr, rf"(?m)^{name} must .*, got {value}$")
                self.assertNotIn("Traceback", ended.stderr)


if __name__ == "__main__":
    sys.exit(unittest.main())
