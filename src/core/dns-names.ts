interface Fault {
  readonly want: string;
  readonly fix: string;
}

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

/** What speaks against `text` as the full name of a zone or a host, if anything. */
export function domainFault(text: string): Fault | undefined {
  if (text.length <= 253 && new RegExp(`^${label}(?:\\.${label})+$`).test(text)) return undefined;
  const want = "a full name such as shop.example.org: lower-case letters, digits and dashes between dots";
  return { want, fix: "write it without a scheme, a path or a dot at the end" };
}

/** What speaks against `text` as the name of a zone that only a network knows, if anything. */
export function privateDomainFault(text: string): Fault | undefined {
  if (text === "local" || text.endsWith(".local")) {
    return { want: "a name outside .local", fix: "machines ask their neighbours for .local, not DNS: use .internal" };
  }
  return domainFault(text);
}

/** What speaks against `text` as the name of a host within its zone, if anything. */
export function hostFault(text: string): Fault | undefined {
  if (new RegExp(`^${label}(?:\\.${label})*$`).test(text)) return undefined;
  return { want: "a name within the zone, such as registry", fix: "leave out the zone; write lower-case letters" };
}

/** Whether a full name lies in a zone, or is its own. */
export const isWithin = (name: string, zone: string) => name === zone || name.endsWith(`.${zone}`);
