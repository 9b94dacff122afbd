/** How many of `members` must live for the others to be believed. */
export const majority = (members: number) => Math.floor(members / 2) + 1;

/** Whether members that are spread over zones as evenly as can be lose their majority when any one zone fails. */
export function majorityLostWith(members: number, zones: number): boolean {
  const inLargestZone = Math.ceil(members / zones);
  return members - inLargestZone < majority(members);
}
