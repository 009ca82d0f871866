/**
 * Reads ids from the URLs of ATS pages by templates such as `/people/{person}?application_id={application}`.
 *
 * Each part of a URL is matched once, without backtracking, so no URL can make the matching hang. Ids contain no
 * percent-encoding. An ambiguous URL yields no ids. Imports no schema library, so that the widget can import this file.
 */

/** `text` starts with a letter or digit, so that `..` is not an id. */
export const ID_PATTERNS = {
  digits: /^\d{1,20}$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  text: /^[A-Za-z0-9][\w.~$-]{0,127}$/,
} as const;

export type IdKind = keyof typeof ID_PATTERNS;
export type AtsIds = Readonly<Record<string, string>>;

/** Returns the id in canonical form, or undefined if the text is not an id of this kind. */
export function parseId(kind: IdKind | undefined, text: string): string | undefined {
  if (!kind || !ID_PATTERNS[kind].test(text)) return undefined;
  return kind === 'uuid' ? text.toLowerCase() : text;
}

/** Whether the URL is on one of the hosts. Requires https on the default port, except on this machine. */
export function isUrlOnHost(hosts: readonly string[], { protocol, hostname, port }: URL): boolean {
  const isLocal = hostname === '127.0.0.1' || hostname === 'localhost';
  return (isLocal || (protocol === 'https:' && !port)) && matchesHost(hosts, hostname);
}

/** `*` matches one label, as in `*.greenhouse.io`. */
export function matchesHost(hosts: readonly string[], hostname: string): boolean {
  const labels = hostname.split('.');
  return hosts.some((host) => {
    const patterns = host.split('.');
    return (
      patterns.length === labels.length &&
      patterns.every((pattern, index) => pattern === labels[index] || (pattern === '*' && labels[index]))
    );
  });
}

/**
 * Returns the ids in the URL, or undefined if the URL does not match the template. In a path, `*` is one segment, and
 * `**` at the end is any number of segments. Each parameter of the template's query must occur exactly once; other
 * parameters have no effect. The part after `#` follows the rules of a path.
 */
export function matchTemplate(template: string, url: URL, kinds: Readonly<Record<string, IdKind>>): AtsIds | undefined {
  const [, path = '', query = '', hash] = /^([^?#]*)\??([^#]*)(?:#(.*))?$/.exec(template) ?? [];
  const ids = new Map<string, string>();

  /** Matches literal text, or a part with one id such as `person-{person}`. */
  function matchPart(part: string, text: string): boolean {
    const [, prefix = '', name = '', suffix = ''] = /^([^{}]*)\{(\w+)\}([^{}]*)$/.exec(part) ?? [];
    if (!name) return part === text;
    if (text.length <= prefix.length + suffix.length || !text.startsWith(prefix) || !text.endsWith(suffix))
      return false;
    const id = parseId(kinds[name], text.slice(prefix.length, text.length - suffix.length));
    if (id === undefined || (ids.get(name) ?? id) !== id) return false;
    ids.set(name, id);
    return true;
  }

  function matchPath(templatePath: string, urlPath: string): boolean {
    const parts = templatePath.split('/');
    const isOpenEnded = parts.at(-1) === '**';
    if (isOpenEnded) parts.pop();
    const segments = urlPath.replace(/\/$/, '').split('/');
    if (isOpenEnded ? segments.length < parts.length : segments.length !== parts.length) return false;
    return parts.every((part, index) =>
      part === '*' ? Boolean(segments[index]) : matchPart(part, segments[index] ?? ''),
    );
  }

  const matchesQuery = [...new URLSearchParams(query)].every(([name, part]) => {
    const [value, ...repeated] = url.searchParams.getAll(name);
    return value !== undefined && !repeated.length && matchPart(part, value);
  });
  const matches =
    matchesQuery && matchPath(path, url.pathname) && (hash === undefined || matchPath(hash, url.hash.slice(1)));
  return matches ? Object.fromEntries(ids) : undefined;
}

interface UrlTemplates {
  ids: Readonly<Record<string, IdKind>>;
  addresses: readonly string[];
}

/** Returns the ids of the first matching template. `contradictory`: another match has a different value for an id. */
export function extractIds({ ids: kinds, addresses }: UrlTemplates, url: URL): AtsIds | 'contradictory' | undefined {
  const [firstIds, ...otherIds] = addresses
    .map((template) => matchTemplate(template, url, kinds))
    .filter((ids) => ids !== undefined);
  if (!firstIds) return undefined;
  return otherIds.every((ids) => areIdsCompatible(firstIds, ids)) ? firstIds : 'contradictory';
}

/** Whether both may belong to the same candidate: an id that both contain has the same value. */
export function areIdsCompatible(a: AtsIds, b: AtsIds): boolean {
  return Object.entries(a).every(([name, id]) => !Object.hasOwn(b, name) || b[name] === id);
}
