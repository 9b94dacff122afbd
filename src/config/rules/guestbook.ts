import { engines } from "../../core/cache-engines";
import type { Report } from "../report";
import { checkGuestbookMachines } from "./guestbook-machines";
import { checkVpn } from "./guestbook-vpn";
import { checkEndpoints, checkZones } from "./network";
import type { GuestbookView, Rule } from "./rule";

/** What the fields of the guestbook say about each other. */
export const guestbookRule: Rule = ({ region, guestbook }, reportAt) => {
  if (!guestbook) return;
  const report: Report = (path, fault) => reportAt(["guestbook", ...path], fault);
  const { network } = guestbook;
  if (network?.zones) checkZones(["network", "zones"], network.zones, region, report);
  checkEndpoints(["network", "endpoints"], network?.endpoints, report);
  checkGuestbookMachines(guestbook, report);
  checkDnsName(guestbook, report);
  if (guestbook.dns && guestbook.entrance?.domain) {
    const want = "either dns, an alias alone, or entrance.domain, which makes a certificate too";
    report(["dns"], { code: "DNS_TWICE", want, fix: "remove dns" });
  }
  checkPrivateZone(guestbook, report);
  checkRepository(guestbook, report);
  checkCache(guestbook, report);
  checkVpn(guestbook, report);
};

/** A public name in its zone. */
export function checkDnsName({ dns }: Pick<GuestbookView, "dns">, report: Report): void {
  if (!dns?.zone || !dns.name || dns.name === dns.zone || dns.name.endsWith(`.${dns.zone}`)) return;
  const want = `${dns.zone}, or a name that ends in .${dns.zone}`;
  report(["dns", "name"], { code: "DNS_NAME", want, fix: `write for example guestbook.${dns.zone}` });
}

/** Names of these endings are looked up by other means than DNS, or belong to everybody. */
const unusable = /(^|\.)(local|localhost|invalid|example|onion|amazonaws\.com|compute\.internal|ec2\.internal)$/;

/** A zone of names that is nobody else's, and hides no name that the machines need. */
export function checkPrivateZone(
  { privateZone, dns }: Pick<GuestbookView, "privateZone" | "dns">,
  report: Report,
): void {
  if (!privateZone) return;
  const taken = unusable.exec(privateZone)?.[2];
  if (taken) {
    const want = `a name that is the VPC's own: ${taken} is somebody else's, or never asked of DNS`;
    report(["privateZone"], {
      code: "DNS_NAME",
      want,
      fix: "leave it out, or write a name such as guestbook.internal",
    });
  } else if (dns?.name && (dns.name === privateZone || dns.name.endsWith(`.${privateZone}`))) {
    const want = `a zone without ${dns.name}: machines would look for that name in here, in vain`;
    report(["privateZone"], {
      code: "DNS_NAME",
      want,
      fix: "leave it out, or write a name such as guestbook.internal",
    });
  }
}

function checkRepository({ controlRepository }: GuestbookView, report: Report): void {
  const { url } = controlRepository ?? {};
  if (!controlRepository || url === undefined) return;
  const hasKey = "deployKeySecretArn" in controlRepository;
  if (url.startsWith("https:") && hasKey) {
    const want = "none where the address begins with https: such an address knows no keys";
    const fix = "remove it, or write the address for SSH, such as git@git.example.com:team/control.git";
    report(["controlRepository", "deployKeySecretArn"], { code: "GIT_KEY", want, fix });
  } else if (/^https:\/\/[^/]+:80\//.test(url)) {
    const fix = "write the port of HTTPS, or none";
    report(["controlRepository", "url"], { code: "GIT_URL", want: "a port that speaks HTTPS", fix });
  } else if (!url.startsWith("https:") && !hasKey) {
    const fix = "add deployKeySecretArn, or write the address that begins with https";
    report(["controlRepository", "url"], { code: "GIT_KEY", want: "an address with a key for SSH", fix });
  }
}

/** A version that the engine has. */
export function checkCache({ cache }: Pick<GuestbookView, "cache">, report: Report): void {
  const { engine, version } = cache ?? {};
  const known: readonly string[] | undefined = engine && engines[engine].versions;
  if (known && version && !known.includes(version)) {
    const want = `a version of ${engine}: ${known.join(", ")}`;
    report(["cache", "version"], { code: "CACHE_ENGINE", want, fix: `write "${known.at(-1)}"` });
  }
}
