/** What answers under a name, such as a load balancer or a distribution. */
export interface Target {
  readonly dnsName: string;
  /** Hosted zone of `dnsName`, not the one of the record. */
  readonly zoneId: string;
}

/**
 * Which part of the visitors a record answers, where several records have one name. Each has a `key` of its own among them, such as
 * the name of its environment. A change of a key makes the record anew; weights and places change in place.
 */
export type Share = { readonly key: string } & (
  | {
      /** Its share of all visitors: this number among the sum of all records of the name, 0 to 255. With 0 it gets none. */
      readonly weight: number;
    }
  | {
      /** Visitors of a continent: AF, AN, AS, EU, NA, OC or SA. */
      readonly continent: string;
    }
  | {
      /**
       * Visitors of a country, by its two letters, such as DE; or `*`, all that no other record answers. One of the records must be that
       * one: to whom no record fits, Route 53 says that there is no such name.
       */
      readonly country: string;
    }
);

export interface DnsRecordProps {
  /** The public zone, which exists: by its name, or by its id where several have the same name. */
  readonly zone: { readonly name: string } | { readonly id: string };
  /** Full name of the record, such as `www.example.org`. It may be the zone's own. */
  readonly name: string;
  /** What answers under that name, or an address that stays, such as an Elastic IP. */
  readonly target: Target | { readonly ipv4: string };
  /**
   * Whether there is a second record for IPv6. The target has to have such addresses.
   * @default false
   */
  readonly ipv6?: boolean;
  /**
   * Which visitors it answers. Given later to a record that answers all, it replaces that one: for seconds there is none.
   * @default - all of them
   */
  readonly share?: Share;
  /**
   * Path that Route 53 asks the target for, over HTTPS and from several continents. While it does not answer, the other records
   * of the name take its visitors. Costs by the month. Of use with a share only, where the target is open to the internet.
   * @default - none: the target's own health counts, at no cost
   */
  readonly healthPath?: string;
}
