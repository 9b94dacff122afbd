/** Which requests the conditions of a listener rule match: `*` is any text (slashes too), `?` is any one character. */
export interface Patterns {
  /** Case counts, as in AWS. */
  readonly path: string;
  /** Lower case: AWS ignores the case of a host. */
  readonly host: string;
}

/** Whether every request that matches `narrow` also matches `wide`. */
export function coversRequests(wide: Patterns, narrow: Patterns): boolean {
  return covers(wide.host, narrow.host) && covers(wide.path, narrow.path);
}

/**
 * How narrowly a rule matches, smaller being narrower. A rule that covers another never has the smaller rank, so that
 * numbers handed out in this order let the narrow rule win.
 *
 * First the path: the number of segments with a character of their own (three is as good as more), which a wider pattern
 * cannot have more of. Then the host: exact, with wildcards, none. Then the path again: exact, with wildcards.
 */
export function specificity({ path, host }: Patterns): { depth: 0 | 1 | 2 | 3; host: 0 | 1 | 2; path: 0 | 1 } {
  const segments = path.split("/").filter((segment) => /[^*?]/.test(segment)).length;
  return {
    depth: Math.min(segments, 3) as 0 | 1 | 2 | 3,
    host: host === "*" ? 2 : hasWildcard(host) ? 1 : 0,
    path: hasWildcard(path) ? 1 : 0,
  };
}

/**
 * Whether every text that matches `narrow` also matches `wide`: follows the set of places in `wide` where a reader of
 * `narrow` can be. A wildcard of `narrow` stands for a character found nowhere in `wide`: if that one fits, all do.
 */
export function covers(wide: string, narrow: string): boolean {
  if (!hasWildcard(wide)) return wide === narrow;
  // The characters in front of the first wildcard can only meet themselves.
  if (!narrow.startsWith(wide.slice(0, wide.search(/[*?]/)))) return false;

  const seen = new Set<string>();
  const follow = (at: number, places: readonly number[]): boolean => {
    const state = `${at}:${places}`;
    // Seen before: its answer was good, or the search would have ended, or is still being looked for.
    if (seen.has(state)) return true;
    seen.add(state);
    const character = narrow[at];
    if (character === undefined) return places.includes(wide.length);
    if (character !== "*") return follow(at + 1, step(wide, places, character));
    return follow(at + 1, places) && follow(at, step(wide, places, "?"));
  };
  return follow(0, rest(wide, [0]));
}

/** The places after one more character; "?" is a character that only wildcards meet. */
function step(wide: string, places: readonly number[], character: string): readonly number[] {
  return rest(
    wide,
    places.flatMap((place) => {
      const expected = wide[place];
      if (expected === "*") return [place];
      return expected === "?" || expected === character ? [place + 1] : [];
    }),
  );
}

/** Adds the places behind every `*`, which may stand for nothing. */
function rest(wide: string, places: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (let place of places) {
    all.add(place);
    while (wide[place] === "*") all.add(++place);
  }
  return [...all].sort((a, b) => a - b);
}

function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}
