"""A custom ATS, written from docs/embed.md and docs/tokens.md.

It has a plain HTML page, and a backend that uses only Python's standard library.
"""
import base64, hashlib, hmac, json, os, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PROXY = os.environ["EVALON_PROXY"]
SECRET = os.environ["HOST_TOKEN_SECRET"].encode()

PAGE = f"""<!doctype html>
<html lang="en">
<title>Jane Smith</title>
<link rel="icon" href="data:,">
<script type="module" src="{PROXY}/embed.js" data-token-url="/evalon-token"></script>
<h1>Jane Smith</h1>
<evalon-assessments candidate-email="jane@example.com" candidate-name="Jane Smith" project-id="proj_abc123"></evalon-assessments>
</html>"""


def encode(part):
    return base64.urlsafe_b64encode(part).rstrip(b"=")


def mint_token():
    now = int(time.time())
    claims = {"iss": "https://ats.example.com", "aud": "evalon-proxy", "sub": "7", "iat": now, "exp": now + 600,
              "name": "Demo Recruiter", "projects": ["proj_abc123"], "scope": "read invite"}
    signed = b".".join(encode(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
    return (signed + b"." + encode(hmac.new(SECRET, signed, hashlib.sha256).digest())).decode()


class Ats(BaseHTTPRequestHandler):
    def respond(self, content_type, body, status=200):
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("cache-control", "no-store")
        self.end_headers()
        self.wfile.write(body.encode())

    def do_GET(self):
        self.respond("text/html; charset=utf-8", PAGE)

    def do_POST(self):
        if self.path == "/evalon-token":
            return self.respond("application/json", json.dumps({"token": mint_token()}))
        self.respond("text/plain", "not found", 404)

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Ats)
print("ready", flush=True)
server.serve_forever()
