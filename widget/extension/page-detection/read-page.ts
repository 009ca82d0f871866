/**
 * What one look at a page of an ATS tells of the candidate on show: by its address, by links and marks in it where the adapter
 * names such, and what it shows as name and email. Ids count only where all that name them agree.
 */

import { EMAIL } from '../../../proxy/contract/candidate.ts';
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import { agree, type Ids, idOf, idsIn, idsInAddress, isOnHost } from '../../../proxy/contract/page-address.ts';

/** What the page shows of the candidate: never taken for true, only proposed to the recruiter. */
export interface Shown {
  email?: string;
  name?: string;
}

export interface Sight {
  /** Absent where this is no page of a candidate. */
  adapter?: ServedAdapter;
  /** Present where it is known who it is; from the address alone, or from elements of the page too. */
  ids?: Ids;
  from?: 'address' | 'page';
  shown: Shown;
}

/** Characters of what a page shows that are looked at. */
const LONGEST = 300;

/** Whose page an address is, and the ids that it gives. DOM-free. */
export function pageAt(
  adapters: readonly ServedAdapter[],
  url: URL,
): { adapter: ServedAdapter; ids: Ids | 'unclear' } | undefined {
  for (const adapter of adapters) {
    if (!isOnHost(adapter.hosts, url)) continue;
    const { addresses, suspects, links, marks, ids: kinds } = adapter;
    const ids = idsInAddress(adapter, url);
    if (ids) return { adapter, ids };
    const isSuspect = suspects.some((template) => idsIn(template, url, kinds));
    const isAnywhere = !addresses.length && !suspects.length && links.length + marks.length > 0;
    if (isSuspect || isAnywhere) return { adapter, ids: {} };
  }
  return undefined;
}

/** Takes the look. */
export function readPage(adapters: readonly ServedAdapter[], { location, document }: Window): Sight {
  const page = pageAt(adapters, new URL(location.href));
  if (!page) return { shown: {} };
  const { adapter, ids } = page;
  const claims = [...idsOfLinks(adapter, document), ...idsOfMarks(adapter, document)];
  const isAnywhere = !adapter.addresses.length && !adapter.suspects.length;
  if (isAnywhere && !claims.length) return { shown: {} };
  const shown = shownIn(adapter, document);
  if (ids === 'unclear') return { adapter, shown };
  const merged: Ids = Object.assign({}, ids, ...claims);
  const names = Object.keys(merged);
  if (!names.length || ![ids, ...claims].every((claim) => agree(claim, merged))) return { adapter, shown };
  const from = names.every((name) => Object.hasOwn(ids, name)) ? 'address' : 'page';
  return { adapter, ids: merged, from, shown };
}

function idsOfLinks(adapter: ServedAdapter, document: Document): Ids[] {
  return adapter.links.flatMap((selector) =>
    all(document, selector).flatMap((element) => {
      const { href } = element as HTMLAnchorElement;
      if (typeof href !== 'string' || !URL.canParse(href)) return [];
      const url = new URL(href);
      const ids = isOnHost(adapter.hosts, url) ? idsInAddress(adapter, url) : undefined;
      return ids && ids !== 'unclear' ? [ids] : [];
    }),
  );
}

function idsOfMarks({ marks, ids }: ServedAdapter, document: Document): Ids[] {
  return marks.flatMap(({ id, selector, attribute }) =>
    all(document, selector).flatMap((element) => {
      const text = attribute ? element.getAttribute(attribute) : element.textContent;
      const found = idOf(ids[id], text?.trim() ?? '');
      return found === undefined ? [] : [{ [id]: found }];
    }),
  );
}

function shownIn({ email, person }: ServedAdapter, document: Document): Shown {
  const [address, name] = [firstText(document, email), firstText(document, person)];
  return { ...(address && EMAIL.test(address) && { email: address }), ...(name && { name }) };
}

function firstText(document: Document, selectors: readonly string[]): string {
  for (const selector of selectors) {
    for (const element of all(document, selector)) {
      const text = (element.textContent ?? '').slice(0, LONGEST).replaceAll(/\s+/g, ' ').trim();
      if (text) return text;
    }
  }
  return '';
}

/** A selector that the page does not understand selects nothing. */
export function all(document: Document, selector: string): Element[] {
  try {
    return [...document.querySelectorAll(selector)];
  } catch {
    return [];
  }
}
