import { createClient } from "redis";
import type { RedisAddress } from "./configuration";
import { type Log, reasonOf } from "./log";

const counter = "visitors_counter";

/** How long a page waits for the counter, and a connection for its server, in milliseconds. */
const patience = 1000;
const connectPatience = 2000;

/** How long to wait before the next attempt to connect, in milliseconds. */
const pause = (attempts: number) => Math.min(100 * 2 ** attempts, 1000) + Math.random() * 100;

/**
 * Counts visits in Redis, and gives up quickly where it cannot: nobody waits for a number.
 *
 * A connection in doubt is closed and opened anew, which looks the name up again: after a failover the name leads to
 * another server, while the old one may be silent, or still there as a replica that refuses to write.
 */
export class Visits {
  private client: ReturnType<typeof this.open>;
  private lost = false;

  constructor(
    private readonly address: RedisAddress,
    private readonly log: Log,
  ) {
    this.client = this.open();
  }

  /** One more. How many there were, or `undefined` where nobody can tell. */
  async count(): Promise<number | undefined> {
    const client = this.client;
    if (!client.isReady) return undefined;
    try {
      return await within(patience, client.incr(counter));
    } catch (error) {
      // Of several requests that fail together the first one renews.
      if (client === this.client && client.isOpen) this.renew(error);
      return undefined;
    }
  }

  close(): void {
    this.client.destroy();
  }

  private renew(cause: unknown): void {
    this.client.destroy();
    this.noteLoss(cause);
    this.client = this.open();
  }

  private open() {
    const { host, port, tls } = this.address;
    const client = createClient({
      socket: {
        host,
        port,
        ...(tls && { tls, servername: host }),
        connectTimeout: connectPatience,
        reconnectStrategy: pause,
      },
      // What cannot be counted now is not counted later: a queue would only delay pages.
      disableOfflineQueue: true,
      disableClientInfo: true,
      maintNotifications: "disabled",
      RESP: 2,
    });
    client.on("error", (error) => this.noteLoss(error));
    client.on("ready", () => this.noteReturn());
    // Fails only where it is closed meanwhile; everything else is tried again.
    client.connect().catch(() => {});
    return client;
  }

  private noteLoss(cause: unknown): void {
    if (!this.lost) this.log.warn("redis lost", { host: this.address.host, reason: reasonOf(cause) });
    this.lost = true;
  }

  private noteReturn(): void {
    this.lost = false;
    this.log.info("redis connected", { host: this.address.host });
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  // Nobody listens any more to work that fails after its time.
  work.catch(() => {});
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
