/**
 * What one look at a page of an ATS tells of the candidate on show: by its address, by links and marks in it where the adapter
 * names such, and what it shows as name and email. Ids count only where all that name them agree.
 */

import { EMAIL_PATTERN } from '../../../proxy/contract/candidate.ts';
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import {
  type AtsIds,
  areIdsCompatible,
  extractIds,
  isUrlOnHost,
  matchTemplate,
  parseId,
} from '../../../proxy/contract/page-address.ts';

/** What the page shows of the candidate: never taken for true, only proposed to the recruiter. */
export interface PageCandidate {
  email?: string;
  name?: string;
}

export interface PageSnapshot {
  /** Absent where this is no page of a candidate. */
  adapter?: ServedAdapter;
  /** Present where it is known who it is; from the address alone, or from elements of the page too. */
  ids?: AtsIds;
  from?: 'address' | 'page';
  shown: PageCandidate;
}

/** Characters of what a page shows that are looked at. */
const LONGEST = 300;

/** Whose page an address is, and the ids that it gives. DOM-free. */
export function matchPage(
  adapters: readonly ServedAdapter[],
  url: URL,
): { adapter: ServedAdapter; ids: AtsIds | 'unclear' } | undefined {
  for (const adapter of adapters) {
    if (!isUrlOnHost(adapter.hosts, url)) continue;
    const { addresses, suspects, links, marks, ids: kinds } = adapter;
    const ids = extractIds(adapter, url);
    if (ids) return { adapter, ids };
    const isSuspect = suspects.some((template) => matchTemplate(template, url, kinds));
    const isAnywhere = !addresses.length && !suspects.length && links.length + marks.length > 0;
    if (isSuspect || isAnywhere) return { adapter, ids: {} };
  }
  return undefined;
}

/** Takes the look. */
export function readPage(adapters: readonly ServedAdapter[], { location, document }: Window): PageSnapshot {
  const page = matchPage(adapters, new URL(location.href));
  if (!page) return { shown: {} };
  const { adapter, ids } = page;
  const claims = [...idsOfLinks(adapter, document), ...idsOfMarks(adapter, document)];
  const isAnywhere = !adapter.addresses.length && !adapter.suspects.length;
  if (isAnywhere && !claims.length) return { shown: {} };
  const shown = shownIn(adapter, document);
  if (ids === 'unclear') return { adapter, shown };
  const merged: AtsIds = Object.assign({}, ids, ...claims);
  const names = Object.keys(merged);
  if (!names.length || ![ids, ...claims].every((claim) => areIdsCompatible(claim, merged))) return { adapter, shown };
  const from = names.every((name) => Object.hasOwn(ids, name)) ? 'address' : 'page';
  return { adapter, ids: merged, from, shown };
}

function idsOfLinks(adapter: ServedAdapter, document: Document): AtsIds[] {
  return adapter.links.flatMap((selector) =>
    queryAll(document, selector).flatMap((element) => {
      const { href } = element as HTMLAnchorElement;
      if (typeof href !== 'string' || !URL.canParse(href)) return [];
      const url = new URL(href);
      const ids = isUrlOnHost(adapter.hosts, url) ? extractIds(adapter, url) : undefined;
      return ids && ids !== 'unclear' ? [ids] : [];
    }),
  );
}

function idsOfMarks({ marks, ids }: ServedAdapter, document: Document): AtsIds[] {
  return marks.flatMap(({ id, selector, attribute }) =>
    queryAll(document, selector).flatMap((element) => {
      const text = attribute ? element.getAttribute(attribute) : element.textContent;
      const found = parseId(ids[id], text?.trim() ?? '');
      return found === undefined ? [] : [{ [id]: found }];
    }),
  );
}

function shownIn({ email, person }: ServedAdapter, document: Document): PageCandidate {
  const [address, name] = [firstText(document, email), firstText(document, person)];
  return { ...(address && EMAIL_PATTERN.test(address) && { email: address }), ...(name && { name }) };
}

function firstText(document: Document, selectors: readonly string[]): string {
  for (const selector of selectors) {
    for (const element of queryAll(document, selector)) {
      const text = (element.textContent ?? '').slice(0, LONGEST).replaceAll(/\s+/g, ' ').trim();
      if (text) return text;
    }
  }
  return '';
}

/** A selector that the page does not understand selects nothing. */
export function queryAll(document: Document, selector: string): Element[] {
  try {
    return [...document.querySelectorAll(selector)];
  } catch {
    return [];
  }
}
