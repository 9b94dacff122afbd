/**
 * Seconds as Go prints them. The Docker provider compares what it reads from the engine as text: `60s` would differ from the
 * `1m0s` that comes back, at every plan.
 *
 * @param seconds whole, less than an hour
 */
export function goDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds % 60}s`;
}
