import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { LocalBackend, TerraformOutput, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { LocalContainerProps } from "../../modules/local-container";
import { LocalNetwork } from "../../modules/local-network";
import { LocalVolume } from "../../modules/local-volume";
import type { LocalEnvironment } from "../config";

/** What the containers of a local stack have in common. */
export class LocalGround {
  private readonly labels: Readonly<Record<string, string>>;
  private readonly network: LocalNetwork;
  private readonly containers: Record<string, string> = {};

  /**
   * Lays what every local stack stands on: the Docker provider, which asks the engine that DOCKER_HOST names, the place of its
   * state, the oldest Terraform that understands it, and a network of its own.
   */
  constructor(
    private readonly stack: TerraformStack,
    private readonly environment: LocalEnvironment,
    system: string,
  ) {
    const name = stack.node.id;
    this.labels = {
      "slipway.system": system,
      "slipway.environment": environment.name,
      "slipway.on-removal": environment.onRemoval,
      "slipway.stack": name,
    };
    new DockerProvider(stack, "docker");
    stack.addOverride("terraform.required_version", ">= 1.11.0");
    // Relative to the stack's folder, as on AWS: the output names no folder of this machine.
    new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
    this.network = new LocalNetwork(stack, "network", { name, labels: this.labels });
  }

  /** Name, network and labels of a container, which its neighbours know by the service's name. */
  service(service: string): Pick<LocalContainerProps, "name" | "alias" | "network" | "labels"> {
    const labels = { ...this.labels, "slipway.service": service };
    const name = `${this.stack.node.id}-${service}`;
    this.containers[service] = name;
    return { name, alias: service, network: this.network, labels };
  }

  /** A volume of the stack, kept or not as the description says. */
  volume(scope: Construct, id: string, noun: string): LocalVolume {
    const { onRemoval } = this.environment;
    return new LocalVolume(scope, id, { name: `${this.stack.node.id}-${noun}`, labels: this.labels, onRemoval });
  }

  /** Says where the system answers, and which containers it has. */
  answersAt(port: number): void {
    new TerraformOutput(this.stack, "url", { value: `http://127.0.0.1:${port}/` });
    new TerraformOutput(this.stack, "containers", { value: this.containers });
  }
}
