import { type CleanUp, docker, eventually, tryDocker, uniqueName } from "./engine";

/**
 * A network whose machines can be given addresses. The engine allows that only where it was told the range, so it is asked
 * for a free one first.
 */
export async function networkWithRange(cleanUp: CleanUp): Promise<{ readonly network: string; readonly cidr: string }> {
  const network = uniqueName("net");
  cleanUp.add(() => tryDocker("network", "rm", network));
  // Between the two, another run may take the range.
  const cidr = await eventually("a range of addresses", 30, async () => {
    await docker("network", "create", network);
    const { stdout } = await docker("network", "inspect", "--format", "{{(index .IPAM.Config 0).Subnet}}", network);
    await docker("network", "rm", network);
    await docker("network", "create", "--subnet", stdout.trim(), network);
    return stdout.trim();
  });
  return { network, cidr };
}

/**
 * Makes a network in a range that no other has: the engine itself has some thirty to give, for all suites at once.
 *
 * @param prefix such as `10.228`; the third number is drawn
 * @returns its range, such as 10.228.7.0/24
 */
export async function drawnNetwork(name: string, prefix: string, ...options: string[]): Promise<string> {
  for (let tries = 1; ; tries++) {
    const subnet = `${prefix}.${Math.floor(Math.random() * 256)}.0/24`;
    const { code, output } = await tryDocker("network", "create", "--subnet", subnet, ...options, name);
    if (code === 0) return subnet;
    // Another network has it.
    if (tries === 20 || !output.includes("overlap")) throw new Error(output);
  }
}
