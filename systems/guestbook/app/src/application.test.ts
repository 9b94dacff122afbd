import { describe, expect, it } from "vitest";
import { application } from "./application";
import type { EntryPage } from "./entries";
import { jsonLog } from "./log";
import { limits, maxFormBytes, type NewEntry } from "./new-entry";
import { style, styleAddress } from "./style";

const down = () => Promise.reject(new Error("connect ECONNREFUSED"));
const entry = (id: string, name: string, message: string) => ({
  id,
  name,
  message,
  createdAt: new Date("2026-03-01T09:05:00Z"),
});

/** The application with what the two servers would say, and what became of it. */
function site(
  given: {
    visits?: () => Promise<number | undefined>;
    page?: () => Promise<EntryPage>;
    add?: () => Promise<string>;
  } = {},
) {
  const seen = { visits: 0, pages: [] as (string | undefined)[], added: [] as NewEntry[], log: "" };
  const app = application({
    visits: { count: () => (given.visits ?? (async () => 1234))().finally(() => seen.visits++) },
    entries: {
      page: async (before) => {
        seen.pages.push(before);
        return given.page ? given.page() : { entries: [] };
      },
      add: async (added) => {
        seen.added.push(added);
        return given.add ? given.add() : "7";
      },
    },
    version: "1.2.3-abc",
    log: jsonLog((line) => (seen.log += line)),
  });
  const get = async (path: string, request: RequestInit = {}) => {
    const answer = await app.request(`http://guestbook.example${path}`, request);
    return { answer, status: answer.status, text: await answer.text() };
  };
  const post = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    get("/", {
      method: "POST",
      body: new URLSearchParams(form),
      headers: { Host: "guestbook.example", Origin: "http://guestbook.example", ...headers },
    });
  return { seen, get, post };
}

describe("the page", () => {
  it("counts the visit and lists the entries (S0-R04)", async () => {
    const { get, seen } = site({
      page: async () => ({ entries: [entry("2", "Ada", "Second"), entry("1", "Bob", "First")] }),
    });
    const { status, text } = await get("/");
    expect(status).toBe(200);
    expect(text).toContain('Visits so far: <strong id="visits">1,234</strong>');
    expect(text.indexOf("Second")).toBeLessThan(text.indexOf("First"));
    expect(text).toContain('<time datetime="2026-03-01T09:05:00.000Z">1 March 2026 at 09:05 UTC</time>');
    expect(seen.visits).toBe(1);
  });

  it("shows what visitors write as text, whatever it is", async () => {
    const evil = `<script>alert(1)</script>"'&`;
    const { text } = await site({ page: async () => ({ entries: [entry("1", evil, evil)] }) }).get("/");
    expect(text).not.toContain("<script");
    expect(text.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;&quot;&#39;&amp;/g)).toHaveLength(2);
  });

  it("goes on at an entry", async () => {
    const { get, seen } = site({ page: async () => ({ entries: [entry("41", "Ada", "Hi")], olderThan: "41" }) });
    expect((await get("/?before=61")).text).toContain('href="/?before=41"');
    await get("/?before=1%20OR%201");
    expect(seen.pages).toEqual(["61", undefined]);
  });

  it("is there without the counter, with a message (S0-46)", async () => {
    const { status, text } = await site({
      visits: async () => undefined,
      page: async () => ({ entries: [entry("1", "Ada", "Still here")] }),
    }).get("/");
    expect(status).toBe(200);
    expect(text).toContain("The visitor counter is out of reach just now.");
    expect(text).toContain("Still here");
  });

  it("says so where the database does not answer, and still counts", async () => {
    const { answer, status, text } = await site({ page: down }).get("/");
    expect([status, answer.headers.get("Retry-After")]).toEqual([503, "10"]);
    expect(text).toContain("The entries are out of reach just now.");
    expect(text).toContain("1,234");
    expect(text).not.toContain("ECONNREFUSED");
  });

  it("does not count who asks for its headers alone", async () => {
    const { get, seen } = site();
    expect((await get("/", { method: "HEAD" })).status).toBe(200);
    expect(seen.visits).toBe(0);
  });

  it("lets a browser run no script and send its form nowhere else", async () => {
    const { answer, text } = await site().get("/");
    expect(answer.headers.get("Content-Security-Policy")).toMatch(
      /^default-src 'none'; style-src 'self'; .*form-action 'self'/,
    );
    expect(text).toContain(`href="${styleAddress}"`);
    const sheet = await site().get(styleAddress);
    expect([sheet.text, sheet.answer.headers.get("Content-Type")]).toEqual([style, "text/css; charset=utf-8"]);
  });
});

describe("the form", () => {
  it("adds an entry and leads back to the page (S0-R04)", async () => {
    const { post, seen } = site();
    const { answer, status } = await post({ name: " Ada ", message: "Hello\r\nworld" });
    expect([status, answer.headers.get("Location")]).toEqual([303, "/#entry-7"]);
    expect(seen).toMatchObject({ added: [{ name: "Ada", message: "Hello\nworld" }], visits: 0 });
  });

  it("comes back with what was typed and a sentence at each field that is wrong", async () => {
    const { post, seen } = site();
    const { status, text } = await post({ name: `"><b>`, message: "x".repeat(limits.message + 1) });
    expect(status).toBe(422);
    expect(text).toContain('value="&quot;&gt;&lt;b&gt;"');
    expect(text).toMatch(
      /<p class="complaint" id="message-complaint">Please use at most 2000 characters; these are 2001.<\/p>/,
    );
    expect(text).toMatch(
      /<textarea id="message" name="message" required\s+aria-invalid="true" aria-describedby="message-complaint"/,
    );
    expect(text).not.toContain("name-complaint");
    expect(seen.added).toEqual([]);
  });

  it("keeps the first line feed of a message that comes back", async () => {
    const { text } = await site().post({ name: "", message: "kept" });
    expect(text).toMatch(/<textarea [^>]*>\nkept<\/textarea>/);
  });

  it("is not lost where the database does not answer", async () => {
    const { status, text } = await site({ add: down, page: down }).post({ name: "Ada", message: "Precious" });
    expect(status).toBe(503);
    expect(text).toContain("Your entry could not be saved.");
    expect(text).toContain("Precious");
  });

  it.each([
    ["of another site", { Origin: "https://evil.example" }, 403],
    ["that is no form", { "Content-Type": "application/json" }, 415],
  ])("is refused %s", async (_, headers, status) => {
    const { post, seen } = site();
    expect((await post({ name: "Ada", message: "Hi" }, headers)).status).toBe(status);
    expect(seen.added).toEqual([]);
  });

  it("is refused when it is too large to hold an entry", async () => {
    const { post, seen } = site();
    expect((await post({ name: "Ada", message: "x".repeat(maxFormBytes) })).status).toBe(413);
    expect(seen.added).toEqual([]);
  });
});

describe("the health check", () => {
  it("tells the version, and touches neither counter nor entries (S0-27, S0-W04)", async () => {
    const { get, seen } = site({ visits: down, page: down });
    const { status, text } = await get("/healthz");
    expect([status, JSON.parse(text)]).toEqual([200, { status: "ok", version: "1.2.3-abc" }]);
    expect(seen).toMatchObject({ visits: 0, pages: [], log: "" });
  });
});

describe("every other request", () => {
  it("is answered in words", async () => {
    expect(await site().get("/nowhere")).toMatchObject({
      status: 404,
      text: expect.stringContaining("There is no such page."),
    });
  });

  it("that fails unexpectedly is logged, and tells the visitor nothing about it", async () => {
    const { get, seen } = site({ visits: () => Promise.reject(new Error("inner secret")) });
    const { status, text } = await get("/");
    expect(status).toBe(500);
    expect(text).not.toContain("inner secret");
    expect(seen.log).toContain('"event":"request failed"');
  });

  it("leaves a line in the log without what the visitor wrote", async () => {
    const { post, seen } = site();
    await post({ name: "Ada", message: "private words" });
    expect(JSON.parse(seen.log)).toMatchObject({ event: "request", method: "POST", path: "/", status: 303 });
    expect(seen.log).not.toContain("private words");
  });
});
