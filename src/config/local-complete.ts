import { engines } from "../core/cache-engines";
import { bakedImage } from "../core/image-catalogue";
import type { Frozen } from "./frozen";
import type { ParsedLocal } from "./shape/local";

type Parsed<K extends keyof ParsedLocal> = NonNullable<ParsedLocal[K]>;
type Cache = Parsed<"guestbook">["cache"];

/** WordPress on the local engine, with every default filled in. */
export type LocalWordpress = Frozen<Omit<Parsed<"wordpress">, "image"> & { image: string }>;
/** WordPress beside MySQL on the local engine, with every default filled in. */
export type LocalWordpressMysql = Frozen<Parsed<"wordpressMysql">>;
/** The guestbook on the local engine, with every default filled in. */
export type LocalGuestbook = Frozen<
  Omit<Parsed<"guestbook">, "cache"> & { cache: Omit<Cache, "version"> & { version: string } }
>;
/** The dashboard on the local engine, with every default filled in. */
export type LocalDashboard = Frozen<Parsed<"dashboard">>;

/** The guestbook on Mesos, as far as a local engine has it, with every default filled in. */
export type LocalGuestbookMesos = Frozen<Parsed<"guestbookMesos">>;

/** One copy of the systems on the engine of this machine, checked and complete. It cannot be changed. */
export type LocalEnvironment = Frozen<Pick<ParsedLocal, "target" | "onRemoval" | "suppressions">> & {
  /** The name of the file without `.yaml`. */
  readonly name: string;
  /** The file, relative to the current directory. */
  readonly file: string;
  readonly wordpress?: LocalWordpress;
  readonly wordpressMysql?: LocalWordpressMysql;
  readonly guestbook?: LocalGuestbook;
  readonly dashboard?: LocalDashboard;
  readonly guestbookMesos?: LocalGuestbookMesos;
};

/** Fills in the defaults that depend on other values. */
export function completeLocal(parsed: ParsedLocal, name: string, file: string): LocalEnvironment {
  const { wordpress, guestbook, ...rest } = parsed;
  return {
    ...rest,
    ...{ name, file },
    ...(wordpress && { wordpress: { ...wordpress, image: wordpress.image ?? bakedImage("wordpress").version } }),
    ...(guestbook && { guestbook: { ...guestbook, cache: completeCache(guestbook.cache) } }),
  };
}

const completeCache = (cache: Cache) => ({ ...cache, version: cache.version ?? engines[cache.engine].usual });
