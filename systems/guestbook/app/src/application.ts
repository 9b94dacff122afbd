import { type Context, Hono, type Next } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type Entries, entryId } from "./entries";
import { type Log, reasonOf } from "./log";
import { complaintsAbout, maxFormBytes, tidied } from "./new-entry";
import { type GuestbookPage, guestbookPage, messagePage } from "./page";
import { isSameOrigin } from "./same-origin";
import { style, styleAddress } from "./style";
import type { Visits } from "./visits";

export interface ApplicationProps {
  readonly visits: Pick<Visits, "count">;
  readonly entries: Pick<Entries, "page" | "add">;
  readonly version: string;
  readonly log: Log;
}

const unsaved = "Your entry could not be saved. It is still here: please send it again in a minute.";

/** What answers requests. It knows nothing of ports, and nothing of how visits and entries are kept. */
export function application({ visits, entries, version, log }: ApplicationProps): Hono {
  const app = new Hono();
  app.use(accessLog(log), securityHeaders);

  // A load balancer asks this all the time: it counts no visit, reads no row, and needs neither server.
  app.get("/healthz", (c) => c.json({ status: "ok", version }, 200, { "Cache-Control": "no-store" }));

  app.get(styleAddress, (c) =>
    c.body(style, 200, {
      "Content-Type": "text/css; charset=utf-8",
      "Cache-Control": "public, max-age=31536000, immutable",
    }),
  );

  app.get("/", async (c) => {
    const before = entryId(c.req.query("before"));
    const page = await pageOrNothing(before);
    // Who asks for headers alone is no visitor.
    const counted = c.req.method === "GET" ? await visits.count() : undefined;
    return answer(c, page ? 200 : 503, { visits: counted, page, before });
  });

  const limited = bodyLimit({
    maxSize: maxFormBytes,
    onError: (c) => c.html(messagePage("Too long", "This is more than fits into an entry.", version), 413),
  });
  app.post("/", limited, async (c) => {
    if (!isSameOrigin(c.req.header("Host"), c.req.header("Origin")))
      return c.html(messagePage("Not accepted", "This form was sent from another site.", version), 403);
    if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header("Content-Type") ?? ""))
      return c.html(messagePage("Not accepted", "Entries are sent as a form.", version), 415);
    const draft = tidied(Object.fromEntries(new URLSearchParams(await c.req.text())));
    const complaints = complaintsAbout(draft);
    if (Object.keys(complaints).length > 0)
      return answer(c, 422, {
        page: await pageOrNothing(),
        draft,
        complaints,
        notice: "Please look at the marked fields.",
      });
    try {
      return c.redirect(`/#entry-${await entries.add(draft)}`, 303);
    } catch (error) {
      log.error("entry not saved", { reason: reasonOf(error) });
      return answer(c, 503, { draft, notice: unsaved });
    }
  });

  app.notFound((c) => c.html(messagePage("Not found", "There is no such page.", version), 404));
  app.onError((error, c) => {
    log.error("request failed", { path: c.req.path, reason: reasonOf(error) });
    return c.html(messagePage("Something went wrong", "Please try again.", version), 500);
  });
  return app;

  async function pageOrNothing(before?: string) {
    try {
      return await entries.page(before);
    } catch (error) {
      log.error("entries out of reach", { reason: reasonOf(error) });
      return undefined;
    }
  }

  function answer(c: Context, status: 200 | 422 | 503, content: Omit<GuestbookPage, "version">) {
    if (status === 503) c.header("Retry-After", "10");
    c.header("Cache-Control", "no-store");
    return c.html(guestbookPage({ ...content, version }), status);
  }
}

async function securityHeaders(c: Context, next: Next): Promise<void> {
  await next();
  c.header(
    "Content-Security-Policy",
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  c.header("X-Content-Type-Options", "nosniff");
  // With "no-referrer" a browser would hide the origin of the form as well.
  c.header("Referrer-Policy", "same-origin");
}

function accessLog(log: Log) {
  return async (c: Context, next: Next): Promise<void> => {
    const start = performance.now();
    await next();
    if (c.req.path === "/healthz") return;
    const ms = Math.round(performance.now() - start);
    log.info("request", { method: c.req.method, path: c.req.path, status: c.res.status, ms });
  };
}
