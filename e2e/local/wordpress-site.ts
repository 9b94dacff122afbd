import type { Page } from "playwright-core";
import { type Browser, picture } from "./browser";

const administrator = { name: "admin", password: "a-long-pass-phrase-4711" };

/** Installs a new WordPress through its own form, as its first visitor. */
export async function install(browser: Browser, url: string): Promise<void> {
  const tab = await browser.open(url);
  await tab.waitForURL(/install\.php/);
  // Without translations at hand it does not ask for a language first.
  const language = tab.locator("#language-continue");
  if (await language.count()) await language.click();
  await tab.locator("#weblog_title").fill("Slipway");
  await tab.locator("#user_login").fill(administrator.name);
  await tab.locator("#pass1").fill(administrator.password);
  await tab.locator("#admin_email").fill("admin@example.org");
  await tab.getByRole("button", { name: "Install WordPress" }).click();
  await tab.getByText("Success!").waitFor();
  await tab.close();
}

/** Signs in, and publishes a post with the editor that an author sees. */
export async function publish(browser: Browser, url: string, title: string, name: string): Promise<void> {
  const tab = await signedIn(browser, url);
  await tab.goto(new URL("/wp-admin/post-new.php", url).href);
  await closeWelcome(tab);
  const canvas = tab.frameLocator('iframe[name="editor-canvas"]');
  const heading = canvas
    .getByRole("textbox", { name: "Add title" })
    .or(tab.getByRole("textbox", { name: "Add title" }));
  await heading.first().click();
  await tab.keyboard.type(title);
  await tab.keyboard.press("Enter");
  await tab.keyboard.type("Written with a browser, kept in the database.");
  await picture(tab, `${name}-editor`);
  await tab.getByRole("button", { name: "Publish", exact: true }).click();
  await tab
    .getByRole("region", { name: "Editor publish" })
    .getByRole("button", { name: "Publish", exact: true })
    .click();
  await tab.getByText("is now live").first().waitFor();
  await tab.close();
}

async function signedIn(browser: Browser, url: string): Promise<Page> {
  const tab = await browser.open(new URL("/wp-login.php", url).href);
  await tab.locator("#user_login").fill(administrator.name);
  await tab.locator("#user_pass").fill(administrator.password);
  await tab.locator("#wp-submit").click();
  await tab.locator("#wpadminbar").waitFor();
  return tab;
}

/** The guide to the editor lies over it the first time. */
async function closeWelcome(tab: Page): Promise<void> {
  const close = tab.getByRole("dialog").getByRole("button", { name: "Close" });
  await tab.locator('iframe[name="editor-canvas"], .editor-post-title').first().waitFor();
  await close.click({ timeout: 10_000 }).catch(() => {});
}
