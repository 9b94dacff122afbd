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
