/**
 * Whether a form was sent from a page of this site. Browsers say with every POST where it comes from; what says nothing is
 * no browser, and cannot be talked into sending a form by another site.
 *
 * Only the host is compared: where a load balancer ends HTTPS, the scheme that arrives here is not the one of the page.
 */
export function isSameOrigin(host: string | undefined, origin: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase();
}
