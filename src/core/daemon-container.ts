/** A container of a daemon, apart from what is the same for all. */
export interface DaemonContainer {
  readonly name: string;
  /** Image with a tag that is never pushed again. */
  readonly image: string;
  /** CPU units: its share when the machine is busy. */
  readonly cpu: number;
  /** In MiB; a container that wants more is killed. */
  readonly memoryMib: number;
  /** @default - the image's own */
  readonly entryPoint?: readonly string[];
  /** @default - the image's own */
  readonly command?: readonly string[];
  /**
   * Port that it listens on, and of the machine that leads to it. Security groups decide who else gets there.
   * @default - none
   */
  readonly hostPort?: number;
  /**
   * Plain settings, by name.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Containers of the same task that it reaches by their names; they start first.
   * @default - none
   */
  readonly links?: readonly string[];
  /**
   * Folders of the machine that it may read, by the path in the container.
   * @default - none
   */
  readonly reads?: Readonly<Record<string, string>>;
}
