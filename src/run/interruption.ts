/** The signals that ask a program to end. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
type Signal = (typeof signals)[number];

/** What a shell says of a program that a signal has ended: 128 and the signal's number. */
const exitCodes: Record<Signal, number> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** Where signals come from: the process, or a test. */
export interface SignalSource {
  on(signal: Signal, listener: () => void): unknown;
  off(signal: Signal, listener: () => void): unknown;
}

/** The user has had enough. Not an error of anybody's. */
export class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: Signal, left: string) {
    super(`interrupted; ${left}`);
    this.exitCode = exitCodes[signal];
  }

  report(): string {
    return this.message;
  }
}

/**
 * Ctrl-C, taken once. What runs is asked to end, and we wait until it has: Terraform then writes its state and gives back its
 * lock. Asked a second time it would end at once, and leave both as they are.
 */
export class Interruption {
  private signal?: Signal;
  private readonly aborting = new AbortController();
  private readonly asks = new Set<() => void>();
  private readonly listeners: (readonly [Signal, () => void])[];

  constructor(
    private readonly source: SignalSource,
    private readonly say: (text: string) => void,
  ) {
    this.listeners = signals.map((signal) => [signal, () => this.take(signal)]);
    for (const [signal, listener] of this.listeners) source.on(signal, listener);
  }

  /** For what can be given up from one moment to the next: waiting, asking over HTTP. */
  get abort(): AbortSignal {
    return this.aborting.signal;
  }

  get happened(): boolean {
    return this.signal !== undefined;
  }

  /** @throws Interrupted where it has happened */
  check(left = "nothing is half done; run it again to go on"): void {
    if (this.signal) throw new Interrupted(this.signal, left);
  }

  /** `ask` asks a running program to end; it is called at most once. @returns what says that the program has ended */
  during(ask: () => void): () => void {
    this.asks.add(ask);
    return () => void this.asks.delete(ask);
  }

  /** Until then the process does not end by a signal. */
  dispose(): void {
    for (const [signal, listener] of this.listeners) this.source.off(signal, listener);
  }

  private take(signal: Signal): void {
    if (this.signal) {
      if (this.asks.size > 0)
        this.say("still waiting for what runs to end in order; killing it would leave its lock behind");
      return;
    }
    this.signal = signal;
    if (this.asks.size > 0) this.say("interrupted: waiting for what runs to end in order");
    for (const ask of this.asks) ask();
    this.aborting.abort();
  }
}
