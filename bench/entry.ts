import { main } from "../src/cli/main";

// The same program for runners of TypeScript, without bundle and launcher.
main(process.argv.slice(2), `${__dirname}/..`).then((code) => {
  process.exitCode = code;
});
