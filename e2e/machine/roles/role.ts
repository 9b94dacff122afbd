import type { Edit } from "../../support/project";
import type { Emulator } from "../harness/emulator";
import type { CleanUp } from "../harness/engine";
import type { Machine, MachineProps } from "../harness/machine";

/** What surrounds a machine under test. */
export interface World {
  readonly network: string;
  /** Address range of that network. */
  readonly cidr: string;
  readonly emulator: Emulator;
  readonly cleanUp: CleanUp;
}

/** What of the project boots machines from an image. */
export interface BootedBy {
  readonly stack: string;
  /** Terraform address of the instance or launch template in it. */
  readonly address: string;
  /** What a user would write into the descriptions for the place where the machine under test stands. @default - nothing */
  readonly edits?: (world: World) => Readonly<Record<string, Edit>>;
}

/** What a machine is started with. */
export interface Launch extends Pick<MachineProps, "volume" | "instanceId" | "address"> {
  /** What the references in the stack's user data stand for here, such as `aws_ebs_volume.data.id`. @default - nothing */
  readonly values?: Readonly<Record<string, string>>;
  /** User data, for a role that no stack boots. @default - that of the stack */
  readonly userData?: string;
}

/** A machine image and what it promises: everything that is special about a role in the suite. */
export interface RoleUnderTest {
  /** As in the catalogue, and the folder of its template. */
  readonly role: string;
  /** `-only` and the like. @default - none */
  readonly arguments?: readonly string[];
  /** Variables of the template beside those that every role has. @default - none */
  readonly variables?: (world: World) => Promise<Readonly<Record<string, string>>>;
  /** @default - another provisioner makes the image */
  readonly playbook?: string;
  /** What the template tells the playbook. @default - nothing */
  readonly playbookVariables?: () => Promise<object>;
  /** Debian that it is made from. @default 12 */
  readonly debian?: 12 | 13;
  /** Whether its machines run containers themselves. @default false */
  readonly engine?: boolean;
  /** The port that it serves on. @default 80 */
  readonly port?: number;
  /** What the build machine has that no test can reach from there, such as an image of a public registry. @default - nothing */
  readonly prepare?: (builder: Machine) => Promise<void>;
  /** Units that a machine starts at boot. */
  readonly units: readonly string[];
  /** Units among them that take their time, and that nothing waits for. @default - none */
  readonly slowUnits?: readonly string[];
  /** @default - no stack of the project boots it as a machine */
  readonly bootedBy?: BootedBy;
  /** Prepares what the machine needs around it. */
  readonly launch: (world: World) => Promise<Launch>;
  /** Text that must be nowhere on the machine's disks. @default - none */
  readonly secrets?: readonly string[];
  /** The service does what it is for. Run after the first boot. */
  readonly serves: (machine: Machine, world: World) => Promise<void>;
  /** What it refuses to do, with which words. Run after `serves`; must leave everything as it was. @default - nothing */
  readonly refuses?: (machine: Machine, world: World) => Promise<void>;
  /** Something that must change with the next boot. @default - nothing */
  readonly beforeReboot?: (world: World) => Promise<void>;
  /** The service still does, with what it was told before. Run after a reboot. */
  readonly stillServes: (machine: Machine, world: World) => Promise<void>;
}
