import { isWhole } from "./whole";

/** TCP ports: one, or a range with both ends included. */
export type Ports = number | { readonly from: number; readonly to: number };

/** Ports that Docker gives to containers on an ECS machine. */
export const containerPorts = { from: 32_768, to: 65_535 } as const;

export function validPorts(ports: Ports): boolean {
  const { from, to } = typeof ports === "number" ? { from: ports, to: ports } : ports;
  return [from, to].every((port) => isWhole(port, 1, 65_535)) && from <= to;
}

/** Whether both are the same ports, however they are written. */
export function samePorts(one: Ports, other: Ports | undefined): boolean {
  return other !== undefined && portsText(one) === portsText(other);
}

/** `443`, `32768-65535`. */
export function portsText(ports: Ports): string {
  const { from, to } = typeof ports === "number" ? { from: ports, to: ports } : ports;
  return from === to ? `${from}` : `${from}-${to}`;
}
