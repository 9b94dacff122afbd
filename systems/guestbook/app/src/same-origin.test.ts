import { expect, it } from "vitest";
import { isSameOrigin } from "./same-origin";

it.each([
  ["of this site", "guestbook.example", "http://guestbook.example", true],
  ["of this site, behind a load balancer that ends HTTPS", "guestbook.example", "https://guestbook.example", true],
  ["of this site on another port than 80", "Guestbook.example:8080", "http://guestbook.example:8080", true],
  ["of no browser", "guestbook.example", undefined, true],
  ["of another site", "guestbook.example", "https://evil.example", false],
  ["of another port", "guestbook.example", "http://guestbook.example:8080", false],
  ["of a name that begins like this site", "guestbook.example", "https://guestbook.example.evil", false],
  ["that hides where it is from", "guestbook.example", "null", false],
  ["for no host", undefined, "https://guestbook.example", false],
])("a form %s", (_, host, origin, same) => expect(isSameOrigin(host, origin)).toBe(same));
