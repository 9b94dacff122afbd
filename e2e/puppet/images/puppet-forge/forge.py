"""The Puppet Forge, as far as r10k asks it, with modules that are folders.

Usage: forge.py FOLDER...
"""

import hashlib
import http.server
import io
import json
import os
import sys
import tarfile

RELEASES = {}
for folder in sys.argv[1:]:
    with open(f"{folder}/metadata.json", encoding="utf-8") as file:
        metadata = json.load(file)
    name = metadata["name"].replace("/", "-")
    slug = f"{name}-{metadata['version']}"
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for each in os.listdir(folder):
            archive.add(os.path.realpath(os.path.join(folder, each)), f"{slug}/{each}")
    RELEASES[slug] = (name, metadata, packed.getvalue())


def release(slug):
    name, metadata, packed = RELEASES[slug]
    owner, short = name.split("-", 1)
    return {
        "slug": slug,
        "uri": f"/v3/releases/{slug}",
        "version": metadata["version"],
        "metadata": metadata,
        "deleted_at": None,
        "file_uri": f"/v3/files/{slug}.tar.gz",
        "file_size": len(packed),
        "file_md5": hashlib.md5(packed).hexdigest(),
        "file_sha256": hashlib.sha256(packed).hexdigest(),
        "module": {"slug": name, "name": short, "uri": f"/v3/modules/{name}", "owner": {"slug": owner, "username": owner}},
    }


def module(name):
    releases = [release(slug) for slug, (owner, _, _) in RELEASES.items() if owner == name]
    if releases:
        return {**releases[0]["module"], "current_release": releases[0], "releases": releases, "deprecated_at": None}
    return None


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        kind, _, what = self.path.partition("?")[0].removeprefix("/v3/").partition("/")
        body = None
        if kind == "modules" and module(what):
            body = json.dumps(module(what)).encode()
        elif kind == "releases" and what in RELEASES:
            body = json.dumps(release(what)).encode()
        elif kind == "files" and what.removesuffix(".tar.gz") in RELEASES:
            body = RELEASES[what.removesuffix(".tar.gz")][2]
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", "application/gzip" if kind == "files" else "application/json")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")


http.server.ThreadingHTTPServer(("0.0.0.0", 80), Handler).serve_forever()
