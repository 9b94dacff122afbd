import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import type { CleanUp } from "../machine/harness/engine";
import { temporaryFolder } from "../support/temporary";

/** Where pictures are kept, to be looked at. */
const pictures = process.env.SLIPWAY_SCREENSHOTS || join(__dirname, "../../.slipway/screenshots");

/** Debian's Chromium as a visitor uses it. Playwright only steers it: it brings no browser of its own. */
export class Browser {
  private constructor(private readonly context: BrowserContext) {}

  static async start(cleanUp: CleanUp): Promise<Browser> {
    const context = await chromium.launchPersistentContext(temporaryFolder("browser"), {
      executablePath: "/usr/bin/chromium",
      headless: true,
      args: [
        ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
        ...["--disable-component-update", "--disable-sync"],
      ],
      viewport: { width: 1100, height: 800 },
      locale: "en-GB",
      timeout: 120_000,
    });
    cleanUp.add(() => context.close());
    // On a busy machine the editor of WordPress alone takes a minute to appear.
    context.setDefaultTimeout(180_000);
    return new Browser(context);
  }

  async open(url: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(url);
    return page;
  }
}

export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}
