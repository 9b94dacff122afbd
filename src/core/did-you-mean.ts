import leven from "leven";

/** The known word that was most likely meant, when one is near enough. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[\s_-]/g, "");
  const wanted = plain(word);
  let best: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    const distance = leven(wanted, plain(candidate), { maxDistance: 4 });
    // A third of the letters may differ: more is another word.
    if (distance <= Math.max(1, candidate.length / 3) && distance < (best?.distance ?? 4))
      best = { word: candidate, distance };
  }
  return best?.word;
}
