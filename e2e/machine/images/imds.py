"""The instance metadata service, as far as cloud-init and the AWS libraries ask it.

Usage: imds.py FILE, a JSON object: path below /latest/ -> text. A path that ends in "/" lists what is below it by itself.
The file is read for every answer, so that a test can change what the machine is told.
The role's credentials are given only to those who show a token, as with IMDSv2.
"""

import http.server
import json
import sys

TOKEN = "token-of-this-machine"


def answer(path):
    with open(sys.argv[1], encoding="utf-8") as file:
        content = json.load(file)
    if path in content:
        return content[path]
    folder = path if path.endswith("/") else path + "/"
    # cloud-init follows every list, and recognises EC2 without a token where a container has no DMI data.
    hidden = folder + "iam/" if folder == "meta-data/" else None
    below = [key[len(folder) :] for key in content if key.startswith(folder) and not (hidden and key.startswith(hidden))]
    names = {name.split("/")[0] + ("/" if "/" in name else "") for name in below}
    return "\n".join(sorted(names)) if names else None


class Handler(http.server.BaseHTTPRequestHandler):
    def do_PUT(self):
        self.reply(TOKEN if self.path == "/latest/api/token" else None)

    def do_GET(self):
        # Clients ask for a version of their own: /2021-03-23/meta-data/…
        path = self.path.lstrip("/").partition("/")[2]
        if path.startswith("meta-data/iam/") and self.headers.get("X-aws-ec2-metadata-token") != TOKEN:
            self.reply(None, 401)
        else:
            self.reply(answer(path))

    def reply(self, text, missing=404):
        body = (text or "").encode()
        self.send_response(200 if text is not None else missing)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-aws-ec2-metadata-token-ttl-seconds", "21600")
        self.end_headers()
        self.wfile.write(body)


http.server.ThreadingHTTPServer(("169.254.169.254", 80), Handler).serve_forever()
