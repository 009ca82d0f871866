/**
 * Addresses of an ATS's pages as templates with named ids, such as `/people/{person}?application_id={application}`. Each part is
 * looked at once, so that none can hang. An id is letters and digits that need no decoding; whatever could be read in two
 * ways is not read. No schema library here, so that the widget can import it.
 */

/** What an id looks like. `text` begins with a letter or digit, so that it is no `..` of a path. */
export const ID_PATTERNS = {
  digits: /^\d{1,20}$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  text: /^[A-Za-z0-9][\w.~$-]{0,127}$/,
} as const;

export type IdKind = keyof typeof ID_PATTERNS;
export type AtsIds = Readonly<Record<string, string>>;

/** The id as it is compared; undefined where the text is none of this kind. */
export function parseId(kind: IdKind | undefined, text: string): string | undefined {
  if (!kind || !ID_PATTERNS[kind].test(text)) return undefined;
  return kind === 'uuid' ? text.toLowerCase() : text;
}

/**
 * Whether the address is on one of these hosts. `*` stands for one label, as in `*.greenhouse.io`. Only https counts, and
 * only at its own port; http and any port on this machine.
 */
export function isUrlOnHost(hosts: readonly string[], { protocol, hostname, port }: URL): boolean {
  const local = hostname === '127.0.0.1' || hostname === 'localhost';
  return (local || (protocol === 'https:' && !port)) && matchesHost(hosts, hostname);
}

/** Whether this is one of the hosts. */
export function matchesHost(hosts: readonly string[], hostname: string): boolean {
  const labels = hostname.split('.');
  return hosts.some((host) => {
    const wanted = host.split('.');
    return (
      wanted.length === labels.length && wanted.every((label, n) => label === labels[n] || (label === '*' && labels[n]))
    );
  });
}

/**
 * The ids that an address gives by a template, or undefined where it does not fit. In a path `*` is any one segment and a
 * last `**` any number of them; of the query only the named parameters count, each of which must be there once; what
 * follows `#` is read as a path.
 */
export function matchTemplate(template: string, url: URL, kinds: Readonly<Record<string, IdKind>>): AtsIds | undefined {
  const [, path = '', query = '', hash] = /^([^?#]*)\??([^#]*)(?:#(.*))?$/.exec(template) ?? [];
  const found = new Map<string, string>();

  function take(part: string, text: string): boolean {
    const [, before = '', name = '', after = ''] = /^([^{}]*)\{(\w+)\}([^{}]*)$/.exec(part) ?? [];
    if (!name) return part === text;
    if (text.length <= before.length + after.length || !text.startsWith(before) || !text.endsWith(after)) return false;
    const id = parseId(kinds[name], text.slice(before.length, text.length - after.length));
    if (id === undefined || (found.get(name) ?? id) !== id) return false;
    found.set(name, id);
    return true;
  }

  function fits(wanted: string, given: string): boolean {
    const parts = wanted.split('/');
    const open = parts.at(-1) === '**' && Boolean(parts.pop());
    const segments = given.replace(/\/$/, '').split('/');
    if (open ? segments.length < parts.length : segments.length !== parts.length) return false;
    return parts.every((part, n) => (part === '*' ? Boolean(segments[n]) : take(part, segments[n] ?? '')));
  }

  const asked = [...new URLSearchParams(query)].every(([name, part]) => {
    const [value, ...more] = url.searchParams.getAll(name);
    return value !== undefined && !more.length && take(part, value);
  });
  const fit = asked && fits(path, url.pathname) && (hash === undefined || fits(hash, url.hash.slice(1)));
  return fit ? Object.fromEntries(found) : undefined;
}

interface UrlTemplates {
  ids: Readonly<Record<string, IdKind>>;
  addresses: readonly string[];
}

/** The ids of whoever an address names; `unclear` where it names two, undefined where it names nobody. */
export function extractIds({ ids, addresses }: UrlTemplates, url: URL): AtsIds | 'unclear' | undefined {
  const [first, ...more] = addresses
    .map((template) => matchTemplate(template, url, ids))
    .filter((found) => found !== undefined);
  return first && more.every((other) => areIdsCompatible(first, other)) ? first : first && 'unclear';
}

/** Whether these may be the same person's: no id that both have differs. */
export function areIdsCompatible(one: AtsIds, other: AtsIds): boolean {
  return Object.entries(one).every(([name, id]) => !Object.hasOwn(other, name) || other[name] === id);
}
