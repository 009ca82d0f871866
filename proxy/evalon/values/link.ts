/** Checks a candidate's link. */
import type { LinkProblem } from '../../contract/session.ts';
import { isLoopback } from '../../util/loopback.ts';

const MAX_LINK_CHARS = 8 * 1_024;

/** `/take/x`, `./take/x`, `take/x`. A first segment with a dot could be a host: `evalon.example/take/x`. */
const RELATIVE = /^(\.{0,2}\/|[\w-]+\/)/;
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;

export type Link = { url: string; problem?: never } | { url?: never; problem: LinkProblem };

/**
 * Returns the absolute link, or why it cannot be used.
 * @param baseUrl Evalon's API URL. If the host of this URL is a loopback address, the link may be an http link to a
 * loopback address.
 */
export function parseLink(value: unknown, baseUrl: string): Link {
  const text = typeof value === 'string' ? value.trim() : '';
  if (value === undefined || value === null || (typeof value === 'string' && !text)) return { problem: 'missing' };
  const isReference = ABSOLUTE.test(text) || RELATIVE.test(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: `URL` would remove them silently
  const isClean = text.length <= MAX_LINK_CHARS && !/[\s\u0000-\u001f\u007f]/.test(text);
  if (!isReference || !isClean || !URL.canParse(text, baseUrl)) return { problem: 'invalid' };
  const { protocol, hostname, href } = new URL(text, baseUrl);
  const isLocal = protocol === 'http:' && isLoopback(hostname) && isLoopback(new URL(baseUrl).hostname);
  return protocol === 'https:' || isLocal ? { url: href } : { problem: 'not_https' };
}
