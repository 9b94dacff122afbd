import { type CleanUp, docker, tryDocker, uniqueName } from "../machine/harness/engine";
import { drawnNetwork } from "../machine/harness/network";

/** A network of the engine whose addresses the test chooses. */
export interface Network {
  readonly name: string;
  /** Such as 10.229.7.0/24. */
  readonly subnet: string;
  /** The address with this last number. */
  at(number: number): string;
}

export async function network(purpose: string, cleanUp: CleanUp): Promise<Network> {
  const name = uniqueName(purpose);
  cleanUp.add(() => tryDocker("network", "rm", name));
  // The engine would change the sender of what comes from another of its networks.
  const subnet = await drawnNetwork(name, "10.229", "-o", "com.docker.network.bridge.enable_ip_masquerade=false");
  return { name, subnet, at: (number) => subnet.replace(/0\/24$/, `${number}`) };
}

/** A container with an address of its own on a network, that may set up its routes. */
export class Place {
  private constructor(
    readonly name: string,
    readonly address: string,
  ) {}

  static async start(
    purpose: string,
    image: string,
    { on, number, options = [] }: { on: Network; number: number; options?: readonly string[] },
    cleanUp: CleanUp,
    command: readonly string[] = ["sleep", "infinity"],
  ): Promise<Place> {
    const place = new Place(uniqueName(purpose), on.at(number));
    cleanUp.container(place.name);
    await docker(
      ...["run", "-d", "--name", place.name, "--hostname", purpose, "--network", on.name, "--ip", place.address],
      ...["--cap-add", "NET_ADMIN", ...options, image, ...command],
    );
    return place;
  }

  /** Runs a command in it, which must succeed; what it printed. */
  async run(...command: string[]): Promise<string> {
    return (await docker("exec", this.name, ...command)).stdout.trim();
  }

  async shell(script: string): Promise<string> {
    return this.run("sh", "-c", script);
  }
}
