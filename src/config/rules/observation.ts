import type { Report } from "../report";
import type { Rule, WordpressView } from "./rule";

/** In every system: alarms that somebody reads, once each. */
export const observationRule: Rule = ({ wordpress, wordpressMysql, guestbook, dashboard, guestbookMesos }, report) => {
  for (const [key, system] of Object.entries({ wordpress, wordpressMysql, guestbook, dashboard, guestbookMesos })) {
    checkEmails(system?.alarms?.emails, (path, fault) => report([key, "alarms", "emails", ...path], fault));
  }
  if (wordpress) checkSearch(wordpress, (path, fault) => report(["wordpress", "logSearch", ...path], fault));
};

function checkSearch({ logSearch, network }: WordpressView, report: Report): void {
  const [nodes, zones] = [logSearch?.nodes, network?.zones?.length];
  if (nodes === undefined || zones === undefined || nodes <= zones) return;
  const want = `at most ${zones}, one node for each zone of network.zones`;
  report(["nodes"], { code: "SEARCH_NODES", want, fix: `write ${zones}, or add a zone` });
}

function checkEmails(emails: readonly (string | undefined)[] | undefined, report: Report): void {
  if (emails?.length === 0) {
    const want = "an address or more: of what is down, nobody else would say a word";
    report([], { code: "EMAIL_COUNT", got: "no address", want, fix: "name who is on call" });
  }
  emails?.forEach((address, index) => {
    if (!address || emails.indexOf(address) === index) return;
    report([index], { code: "EMAIL_DUP", want: "each address once", fix: "remove one of the two" });
  });
}
