import { createSocket } from "node:dgram";
import { ownAddress } from "./loopback";

/**
 * A DNS server with names that can move, as the name of a primary does in a failover. It answers on port 53 of an address
 * of its own, since a resolver asks no other port.
 */
export class MovableNames {
  readonly address = ownAddress();
  private readonly socket = createSocket("udp4");
  private readonly addresses = new Map<string, string>();

  static async start(): Promise<MovableNames> {
    const names = new MovableNames();
    names.socket.on("message", (query, { port, address }) => names.socket.send(names.answer(query), port, address));
    await new Promise<void>((resolve, reject) => {
      names.socket.once("error", reject).bind(53, names.address, resolve);
    });
    return names;
  }

  /** The one address of a name from now on. */
  point(name: string, address: string): void {
    this.addresses.set(name, address);
  }

  stop(): void {
    this.socket.close();
  }

  /** The query with an address behind it; with none for another type than A, and for names that do not exist. */
  private answer(query: Buffer): Buffer {
    const labels: string[] = [];
    let end = 12;
    for (let length = query[end]!; length > 0; length = query[end]!) {
      labels.push(query.toString("latin1", end + 1, end + 1 + length));
      end += length + 1;
    }
    const address = this.addresses.get(labels.join(".").toLowerCase());
    const answers = address && query.readUInt16BE(end + 1) === 1 ? 1 : 0;
    const head = Buffer.from(query.subarray(0, end + 5));
    // A response with recursion available; error 3 says that there is no such name. Further records are not repeated.
    head.writeUInt16BE(address ? 0x8180 : 0x8183, 2);
    head.writeUInt16BE(answers, 6);
    head.writeUInt32BE(0, 8);
    if (answers === 0) return head;
    // The name of the question again, type A, class IN, may be kept for 0 s, four bytes.
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address!.split(".").map(Number)]);
    return Buffer.concat([head, record]);
  }
}
