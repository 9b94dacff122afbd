import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Entry, EntryPage } from "./entries";
import { type Complaints, limits, type NewEntry } from "./new-entry";
import { styleAddress } from "./style";

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface GuestbookPage {
  /** Visits so far; undefined where they cannot be counted. */
  readonly visits?: number;
  /** Undefined where the database does not answer. */
  readonly page?: EntryPage;
  /** The entry before which the page begins; undefined on the first page. */
  readonly before?: string;
  /** What the visitor has typed already. */
  readonly draft?: NewEntry;
  readonly complaints?: Complaints;
  /** What became of the form, where that is not good. */
  readonly notice?: string;
  readonly version: string;
}

/** The page of the guestbook: what it says comes from visitors, and every value is escaped by `html`. */
export function guestbookPage({ visits, page, before, draft, complaints = {}, notice, version }: GuestbookPage): Html {
  const faulty = Object.keys(complaints).length > 0;
  return layout(
    faulty || notice ? "Not saved yet – Guestbook" : "Guestbook",
    version,
    html`<header>
        <h1><a href="/">Guestbook</a></h1>
        ${visitLine(visits, faulty || notice !== undefined)}
      </header>
      <main>
        ${notice ? html`<p class="notice" role="alert">${notice}</p>` : ""}
        ${page ? "" : html`<p class="notice" role="alert">The entries are out of reach just now. Please try again in a minute.</p>`}
        ${page || draft ? form(draft, complaints) : ""}
        ${page ? list(page, before) : ""}
      </main>`,
  );
}

/** A page with one sentence on it. */
export function messagePage(title: string, message: string, version: string): Html {
  return layout(
    `${title} – Guestbook`,
    version,
    html`<header><h1><a href="/">Guestbook</a></h1></header>
      <main>
        <h2>${title}</h2>
        <p>${message}</p>
        <p><a href="/">Go to the guestbook</a></p>
      </main>`,
  );
}

function layout(title: string, version: string, content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${styleAddress}" />
      </head>
      <body>
        ${content}
        <footer>Version <span id="version">${version}</span></footer>
      </body>
    </html>`;
}

/** An answer to a form is no visit, so it has no number. */
function visitLine(visits: number | undefined, answersForm: boolean): Html | string {
  if (answersForm) return "";
  if (visits === undefined)
    return html`<p class="visits" role="status">The visitor counter is out of reach just now.</p>`;
  return html`<p class="visits">Visits so far: <strong id="visits">${visits.toLocaleString("en")}</strong></p>`;
}

function form(draft: NewEntry | undefined, complaints: Complaints): Html {
  return html`<form method="post" action="/" novalidate aria-labelledby="sign">
    <h2 id="sign">Leave a note</h2>
    ${field("name", "Your name", complaints.name, (attributes) => html`<input ${attributes} autocomplete="name" maxlength="${limits.name}" value="${draft?.name ?? ""}" />`)}
    ${field("message", "Message", complaints.message, (attributes) => html`<textarea ${attributes} rows="4" maxlength="${limits.message}">${"\n"}${draft?.message ?? ""}</textarea>`)}
    <button type="submit">Sign the guestbook</button>
  </form>`;
}

function field(name: string, label: string, complaint: string | undefined, control: (attributes: Html) => Html): Html {
  const invalid = complaint ? html`aria-invalid="true" aria-describedby="${name}-complaint"` : html``;
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${complaint ? html`<p class="complaint" id="${name}-complaint">${complaint}</p>` : ""}
    ${control(html`id="${name}" name="${name}" required ${invalid}`)}
  </div>`;
}

function list({ entries, olderThan }: EntryPage, before: string | undefined): Html {
  const empty = before ? "There is nothing older." : "Nobody has signed yet. Be the first!";
  return html`<section aria-labelledby="entries">
    <h2 id="entries">${before ? "Older entries" : "Latest entries"}</h2>
    ${entries.length > 0 ? html`<ol>${entries.map(item)}</ol>` : html`<p>${empty}</p>`}
    ${
      before || olderThan
        ? html`<nav aria-label="Pages">
            ${before ? html`<a href="/">Newest entries</a>` : ""}
            ${olderThan ? html`<a class="older" href="/?before=${olderThan}">Older entries</a>` : ""}
          </nav>`
        : ""
    }
  </section>`;
}

const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

function item({ id, name, message, createdAt }: Entry): Html {
  return html`<li id="entry-${id}">
    <h3>${name}</h3>
    <p class="message">${message}</p>
    <time datetime="${createdAt.toISOString()}">${moment.format(createdAt)} UTC</time>
  </li>`;
}
