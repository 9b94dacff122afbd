import { join } from "node:path";
import { built, debian, debianAmi } from "../machine/harness/images";

/** A front end before Chef, with stand-ins for consul-template and for AWS's command. */
export async function frontEndImage(): Promise<string> {
  await debian("bookworm");
  await debianAmi();
  return built("front-end", { folder: join(__dirname, "images") });
}
