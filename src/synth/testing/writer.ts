import { synthesize } from "..";
import { exampleApp } from "./example-app";

/** Program of `interruption.test.ts`: synthesizes two outputs in turn, for ever or once, into the folder given to it. */
const [, , out, ...versions] = process.argv as [string, string, string, ...string[]];
process.send?.("ready");
do {
  for (const services of versions) synthesize({ out, build: (outdir) => exampleApp(outdir, Number(services)) });
} while (versions.length > 1);
