import { createHash } from "node:crypto";

export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#faf7f1, #1b1a18);
  --card: light-dark(#ffffff, #262421);
  --ink: light-dark(#2a2520, #ece7de);
  --faint: light-dark(#6a6157, #b0a698);
  --line: light-dark(#ddd4c5, #45403a);
  --edge: light-dark(#8b8073, #8b8173);
  --accent: light-dark(#7a2e1d, #f0a48f);
  --on-accent: light-dark(#ffffff, #2a120b);
  --alarm: light-dark(#a3151f, #ff9d9d);
  --glow: light-dark(#fdf0d5, #3a2f1c);
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2.5rem 1.25rem 2rem; max-width: 44rem;
  background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
header {
  display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .25rem 1.5rem;
  margin-bottom: 1.75rem; padding-bottom: 1rem; border-bottom: 3px double var(--line);
}
h1, h2, h3 { margin: 0; line-height: 1.25; font-family: Georgia, "Times New Roman", "Liberation Serif", serif; text-wrap: balance; }
h1 { font-size: 2.25rem; }
h1 a { color: inherit; text-decoration: none; }
h2 { font-size: 1.375rem; margin-bottom: 1rem; }
h3 { font-size: 1.125rem; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
.visits { margin: 0; color: var(--faint); }
.visits strong { color: var(--ink); font-variant-numeric: tabular-nums; }
.notice {
  margin: 0 0 1.75rem; padding: .875rem 1.125rem; border: 1px solid var(--alarm); border-left-width: .375rem;
  border-radius: .375rem; background: var(--card);
}
form { margin-bottom: 2.5rem; padding: 1.5rem; border: 1px solid var(--line); border-radius: .625rem; background: var(--card); }
.field { margin-bottom: 1.125rem; }
label { display: block; margin-bottom: .25rem; font-weight: 600; }
input, textarea {
  display: block; width: 100%; padding: .625rem .75rem; border: 1px solid var(--edge); border-radius: .375rem;
  background: var(--paper); color: inherit; font: inherit;
}
textarea { resize: vertical; min-height: 7rem; }
[aria-invalid] { border: 2px solid var(--alarm); }
.complaint { margin: 0 0 .375rem; color: var(--alarm); font-weight: 600; }
button {
  padding: .6875rem 1.25rem; border: 0; border-radius: .375rem; background: var(--accent); color: var(--on-accent);
  font: inherit; font-weight: 600; cursor: pointer;
}
button:hover { filter: brightness(1.12); }
ol { margin: 0; padding: 0; list-style: none; }
li { padding: 1.125rem 0; border-top: 1px solid var(--line); }
li:target { margin: 0 -1rem; padding: 1.125rem 1rem; border-radius: .625rem; background: var(--glow); }
.message { margin: .375rem 0 .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
time { color: var(--faint); font-size: .9375rem; }
nav { display: flex; gap: 1.5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
nav .older { margin-left: auto; }
footer { margin-top: 2.5rem; color: var(--faint); font-size: .875rem; }
@media (max-width: 30rem) { body { padding-top: 1.5rem; } form { padding: 1.125rem; } button { width: 100%; } }
`.trimStart();

/** Changes with the content, so that browsers may keep it for good. */
export const styleAddress = `/style-${createHash("sha256").update(style).digest("hex").slice(0, 12)}.css`;
