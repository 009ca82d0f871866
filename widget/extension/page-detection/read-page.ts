/**
 * Reads the candidate's ids from a page of an ATS. The sources are the page's address, and the links and marks that the
 * adapter names. If the sources disagree, there are no ids. It also reads name and email, but only as a suggestion.
 */
import { isEmail, normalizeEmail } from '../../../proxy/contract/candidate.ts';
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import {
  type AtsIds,
  areIdsCompatible,
  extractIds,
  isUrlOnHost,
  matchTemplate,
  parseId,
} from '../../../proxy/contract/page-address.ts';

/** What the page shows. The recruiter has to confirm it. */
export interface PageCandidate {
  email?: string;
  name?: string;
}

export interface PageSnapshot {
  /** Undefined if the page is not about a candidate. */
  adapter?: ServedAdapter;
  /** Undefined if the page does not identify the candidate. */
  ids?: AtsIds;
  /** `address` if all ids are in the URL, `page` if page elements provided some of them. */
  from?: 'address' | 'page';
  shown: PageCandidate;
}

const MAX_TEXT_CHARACTERS = 300;

/** Returns the adapter for an address and the ids in it; undefined if the address is not about a candidate. DOM-free. */
export function matchPage(
  adapters: readonly ServedAdapter[],
  url: URL,
): { adapter: ServedAdapter; ids: AtsIds | 'unclear' } | undefined {
  for (const adapter of adapters) {
    if (!isUrlOnHost(adapter.hosts, url)) continue;
    const ids = extractIds(adapter, url);
    if (ids) return { adapter, ids };
    const isSuspect = adapter.suspects.some((template) => matchTemplate(template, url, adapter.ids));
    const isReadWithoutAddress = hasNoAddresses(adapter) && adapter.links.length + adapter.marks.length > 0;
    if (isSuspect || isReadWithoutAddress) return { adapter, ids: {} };
  }
  return undefined;
}

export function readPage(adapters: readonly ServedAdapter[], { location, document }: Window): PageSnapshot {
  const page = matchPage(adapters, new URL(location.href));
  if (!page) return { shown: {} };
  const { adapter, ids: addressIds } = page;
  const pageIds = [...readLinks(adapter, document), ...readMarks(adapter, document)];
  if (hasNoAddresses(adapter) && !pageIds.length) return { shown: {} };
  const shown = readShownCandidate(adapter, document);
  if (addressIds === 'unclear') return { adapter, shown };
  const ids: AtsIds = Object.assign({}, addressIds, ...pageIds);
  const names = Object.keys(ids);
  const doSourcesAgree = [addressIds, ...pageIds].every((source) => areIdsCompatible(source, ids));
  if (!names.length || !doSourcesAgree) return { adapter, shown };
  const isInAddress = names.every((name) => Object.hasOwn(addressIds, name));
  return { adapter, ids, from: isInAddress ? 'address' : 'page', shown };
}

/** Whether the adapter recognises pages only by links and marks. */
function hasNoAddresses({ addresses, suspects }: ServedAdapter): boolean {
  return !addresses.length && !suspects.length;
}

function readLinks(adapter: ServedAdapter, document: Document): AtsIds[] {
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

function readMarks({ marks, ids }: ServedAdapter, document: Document): AtsIds[] {
  return marks.flatMap(({ id, selector, attribute }) =>
    queryAll(document, selector).flatMap((element) => {
      const text = attribute ? element.getAttribute(attribute) : element.textContent;
      const value = parseId(ids[id], text?.trim() ?? '');
      return value === undefined ? [] : [{ [id]: value }];
    }),
  );
}

function readShownCandidate({ email, person }: ServedAdapter, document: Document): PageCandidate {
  const shownEmail = normalizeEmail(readFirstText(document, email));
  const name = readFirstText(document, person);
  return { ...(isEmail(shownEmail) && { email: shownEmail }), ...(name && { name }) };
}

function readFirstText(document: Document, selectors: readonly string[]): string {
  for (const selector of selectors) {
    for (const element of queryAll(document, selector)) {
      const text = (element.textContent ?? '').slice(0, MAX_TEXT_CHARACTERS).replaceAll(/\s+/g, ' ').trim();
      if (text) return text;
    }
  }
  return '';
}

/** An invalid selector matches nothing. */
export function queryAll(document: Document, selector: string): Element[] {
  try {
    return [...document.querySelectorAll(selector)];
  } catch {
    return [];
  }
}
