import { domainFault } from "../../core/dns-names";
import { listOf, oneOf, section, text, whole } from "./field";

const dnsName = (description: string, example: string) =>
  text(description, {
    code: "DNS_NAME",
    want: `a full name such as ${example}`,
    check: (name) => {
      const fault = domainFault(name);
      return fault && { code: "DNS_NAME", ...fault };
    },
  });

const place = { code: "DNS_SHARE", fix: "write for example { country: DE }, { continent: EU } or { weight: 10 }" };

const share = oneOf(
  "Which visitors come here, where several load balancers or environments have the name. Without it, all.",
  [
    section("A share by weight, for two versions.", {
      weight: whole("This number among the sum of all that have the name. 0 is nobody.", {
        code: "DNS_SHARE",
        min: 0,
        max: 255,
      }),
    }),
    section("Visitors of a continent.", {
      continent: text("AF, AN, AS, EU, NA, OC or SA.", {
        ...place,
        want: "a continent: AF, AN, AS, EU, NA, OC or SA",
        pattern: /^(AF|AN|AS|EU|NA|OC|SA)$/,
      }),
    }),
    section("Visitors of a country.", {
      country: text(
        'Two letters such as DE; or "*", all visitors that nobody else of the name takes. One has to be that.',
        {
          ...place,
          want: 'two capital letters, or "*" for all others',
          pattern: /^([A-Z]{2}|\*)$/,
        },
      ),
    }),
  ],
  { ...place, want: "a map with weight, continent or country" },
);

/** The public name of an entrance, from which its certificate follows. */
export const domain = section(
  "The name by which visitors know it: a certificate that renews itself, HTTPS, and an alias in Route 53. Free of charge.",
  {
    zone: dnsName("Public hosted zone of Route 53. It must exist already.", "example.com"),
    name: dnsName("Full name in that zone, of at most 64 characters.", "www.example.com"),
    otherNames: listOf(
      "Further names in that zone that lead here too.",
      dnsName("A full name.", "example.com"),
    ).default([]),
    share: share.optional(),
    healthPath: text(
      "Path that Route 53 asks for over HTTPS: while it does not answer, the others of the name take its visitors. Costs by the month. With a share only.",
      {
        code: "HC_PATH",
        want: "a path of at most 255 characters that begins with /, without spaces and braces",
        fix: "write a path such as /",
        pattern: /^\/[!-z|~]{0,254}$/,
      },
    ).optional(),
  },
);
