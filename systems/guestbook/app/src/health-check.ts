import { readPort } from "./configuration";

// Run by the container engine, inside the container: its exit code is the answer.
const answer = await fetch(`http://127.0.0.1:${readPort(process.env)}/healthz`, { signal: AbortSignal.timeout(2000) });
process.exitCode = answer.ok ? 0 : 1;
