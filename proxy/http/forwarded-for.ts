/** Cleans `X-Forwarded-For` before Express derives the client's address from it. */
import { isIP } from 'node:net';
import type { RequestHandler } from 'express';

/**
 * Removes the ports that some proxies add. If an entry is not an address, drops it and all entries to its left. A
 * trusted proxy appends on the right, so entries further left may come from the client.
 */
export const cleanForwardedFor: RequestHandler = (request, _response, next) => {
  const header = request.get('x-forwarded-for');
  if (header !== undefined) {
    const addresses = header.split(',').map(parseAddress);
    const trusted = addresses.slice(addresses.lastIndexOf(undefined) + 1);
    if (trusted.length) request.headers['x-forwarded-for'] = trusted.join(', ');
    else delete request.headers['x-forwarded-for'];
  }
  next();
};

/** Parses `203.0.113.5`, `203.0.113.5:41234`, `2001:db8::1` and `[2001:db8::1]:41234`, with or without quotes. */
function parseAddress(entry: string): string | undefined {
  const text = entry.trim().replace(/^"(.*)"$/, '$1');
  const [, ipv6, ipv4] = /^(?:\[([\da-f:.]+)\]|([\d.]+))(?::\d{1,5})?$/i.exec(text) ?? [];
  const address = ipv6 ?? ipv4 ?? text;
  return isIP(address) && !address.includes('%') ? address : undefined;
}
