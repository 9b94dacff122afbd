import { decodeBase64 } from "../embedded";
import { eachText } from "../json";
import { type Complaint, rule } from "../rule";
import { isRandomText, isSecretName, secretIn } from "../secrets";

export const scr01 = rule({
  id: "SCR-01",
  title: "the output holds no secret, written out or encoded",
  severity: "critical",
  types: ["*"],
  why: "the output is committed, cached, logged and uploaded: a secret in it is public inside the company",
  fix: "withdraw the secret now, it has been written down; then pass the ARN of a stored one",
  also: ["CKV_SECRET_2", "CKV_SECRET_6"],
  check: (doc) => {
    const complaints: Complaint[] = [];
    for (const entry of doc.entries) {
      eachText(entry.body, (text, key, path) => {
        const shape = secretIn(text) ?? secretBehind(text, 0);
        const named = shape === undefined && isSecretName(key) && isRandomText(text);
        const given = shape ?? (named ? `random text of ${text.length} characters` : undefined);
        if (given) complaints.push({ at: entry, argument: path(), given, wanted: "a reference to a stored secret" });
      });
    }
    return complaints;
  },
});

/** Looks behind Base64, also where it is a part of a decoded text: cloud-init carries files so. */
function secretBehind(text: string, depth: number): string | undefined {
  if (depth > 3 || text.length < 24 || (depth === 0 && /[\s{}:.]/.test(text.slice(0, 64)))) return undefined;
  for (const [candidate] of depth === 0 ? [[text]] : text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)) {
    const decoded = decodeBase64(candidate!);
    const shape = decoded && (secretIn(decoded) ?? secretBehind(decoded, depth + 1));
    if (shape) return shape.includes("Base64") ? shape : `${shape}, in Base64`;
  }
  return undefined;
}
