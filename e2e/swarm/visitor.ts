import type { Node } from "./swarm";

/**
 * A visitor behind a load balancer: asks for the page again and again, of one machine after the other, and of the next one
 * when a machine does not answer. A visit fails when no machine answers.
 */
export class Visitor {
  visits = 0;
  readonly failures: string[] = [];
  private going = true;
  private readonly done: Promise<void>;

  private constructor(private readonly urls: readonly string[]) {
    this.done = this.go();
  }

  static async of(nodes: readonly Node[]): Promise<Visitor> {
    return new Visitor(await Promise.all(nodes.map((node) => node.url())));
  }

  /** Stops, and tells what happened since the start. */
  async end(): Promise<{ visits: number; failures: string[] }> {
    this.going = false;
    await this.done;
    return { visits: this.visits, failures: this.failures };
  }

  private async go(): Promise<void> {
    for (let turn = 0; this.going; turn++) {
      const answer = await this.visit(turn);
      this.visits++;
      if (answer) this.failures.push(`${new Date().toISOString()} ${answer}`);
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }

  /** Why no machine showed the page; nothing when one did. */
  private async visit(turn: number): Promise<string | undefined> {
    const reasons: string[] = [];
    for (let next = 0; next < this.urls.length; next++) {
      const url = this.urls[(turn + next) % this.urls.length]!;
      const reason = await trouble(url);
      if (!reason) return undefined;
      reasons.push(reason);
    }
    return reasons.join("; ");
  }
}

async function trouble(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`${url}/`, { signal: AbortSignal.timeout(8000) });
    const text = await answer.text();
    return isPage(text) ? undefined : `${url} answers ${answer.status}`;
  } catch (error) {
    return `${url}: ${error instanceof Error ? (error.cause ?? error.message) : error}`;
  }
}

/** Both rows, one line each, with one of three words. */
export const isPage = (text: string) =>
  /\nAmazon - c5: (HIGH|MEDIUM|LOW)<br>\nAzure - H16mr: (HIGH|MEDIUM|LOW)\n/.test(text);
