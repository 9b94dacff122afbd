/**
 * How large a description may be. Far above what anyone writes, and low enough that a wrong or hostile file is refused at
 * once instead of using up the machine.
 */
export const limits = {
  fileBytes: 4 * 1024 * 1024,
  /** Maps and lists inside each other. */
  depth: 32,
  /** Keys and values of one file, counted again wherever an alias repeats them. */
  nodes: 400_000,
  /** Uses of `*alias` in one file. */
  aliases: 100,
  /** Characters of one key or value. */
  textLength: 16_384,
  services: 2_000,
} as const;
