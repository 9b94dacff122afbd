import type { Machine } from "../machine/harness/machine";

interface Request {
  readonly key: string;
  readonly role: string;
  readonly instance: string;
  readonly name: string;
}

const script = `
import json, subprocess, sys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
wanted = json.loads(sys.argv[1])
builder = x509.CertificateSigningRequestBuilder().subject_name(
    x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, wanted["name"])]))
if wanted["key"]:
    builder = builder.add_attribute(x509.oid.AttributeOID.CHALLENGE_PASSWORD, wanted["key"].encode())
for oid, text in (("1.3.6.1.4.1.34380.1.1.13", wanted["role"]), ("1.3.6.1.4.1.34380.1.1.2", wanted["instance"])):
    if text:
        value = x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), b"\\x0c" + bytes([len(text)]) + text.encode())
        builder = builder.add_extension(value, critical=False)
request = builder.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
policy = ["runuser", "-u", "puppet", "--", "/usr/local/lib/slipway/autosign-policy", wanted["name"]]
done = subprocess.run(policy, input=request, capture_output=True)
print("signed" if done.returncode == 0 else done.stderr.decode().strip())
`;

/** What the policy of the server says to a request, as the user that the Puppet server runs as. */
export const judged = (server: Machine, request: Request) =>
  server.run("python3", "-c", script, JSON.stringify(request));
