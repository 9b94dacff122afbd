import { looksWrittenOut, namesSecret, secretWithin } from "../../core/secret-text";
import { eachText } from "../../core/terraform-json";
import { type Complaint, rule } from "../rule";

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
        const shape = secretWithin(text);
        const named = shape === undefined && namesSecret(key) && looksWrittenOut(text);
        const given = shape ?? (named ? `random text of ${text.length} characters` : undefined);
        if (given) complaints.push({ at: entry, argument: path(), given, wanted: "a reference to a stored secret" });
      });
    }
    return complaints;
  },
});
