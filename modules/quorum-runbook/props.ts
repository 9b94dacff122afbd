export interface QuorumRunbookProps {
  /** Name of the system and its environment, such as `guestbook-mesos-dev`: first part of all names in AWS. */
  readonly name: string;
  /** Region of the machines. */
  readonly region: string;
  /** What is replaced, in words for whoever finds the document, such as `Mesos masters`. */
  readonly description: string;
  /** Name of the Auto Scaling group of each member's place, by the member's name, such as `zk-1`. Replaced in the order of the names. */
  readonly members: Readonly<Record<string, string>>;
  /** Tag of each member's machine, whose value is the name of its group. */
  readonly memberTag: string;
  /**
   * A program on each machine, and its arguments: exit status 0 when this member serves and the whole quorum is there. No character in
   * them that a shell reads in a way of its own.
   */
  readonly healthCommand: readonly [program: string, ...args: string[]];
  /** Minutes that a new member may take to be whole, 5 to 120. */
  readonly patienceMinutes: number;
}
