import { findTool, remedyFor, tools } from "../../e2e/support/tools";

/** Runs once before `npm test`, which needs nothing but Node: names what it does not do, and what that would take. */
export default function sayWhatIsLeftOut(): void {
  console.log("\nSkipped: e2e/, the suites that start real programs. `npm run test:e2e` runs them.");
  for (const name of tools.filter((tool) => findTool(tool) === undefined)) {
    console.log(`  ${name} is missing here: ${remedyFor(name)}`);
  }
}
