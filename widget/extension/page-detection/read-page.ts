/**
 * Reads the candidate's ids from a page of an ATS. The sources are the page's address, and the links and marks that the
 * adapter names. If the sources disagree, returns no ids. Also reads the name and email, but only as a suggestion.
 */
import { isEmail, normalizeEmail } from '../../../proxy/contract/candidate.ts';
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import {
  type AtsIds,
  areIdsCompatible,
  extractIds,
  isUrlOnHost,
  parseId,
} from '../../../proxy/contract/page-address.ts';
import { queryAll, readAttribute, readLink, readText } from './dom.ts';
import { type AddressMatch, hasNoAddresses } from './match-address.ts';

/** The name and email on the page. The recruiter has to confirm them. */
export interface PageCandidate {
  email?: string;
  name?: string;
}

export interface PageSnapshot {
  /** The page's exact URL. */
  address: string;
  /** Undefined if the page is not about a candidate. */
  adapter?: ServedAdapter;
  /** Undefined if the page does not identify the candidate. */
  ids?: AtsIds;
  /** `address` if all ids are in the URL, `page` if page elements provided some of them. */
  from?: 'address' | 'page';
  shown: PageCandidate;
}

const MAX_TEXT_CHARACTERS = 300;

export function readPage({ address, adapter, ids: addressIds = {} }: AddressMatch, document: Document): PageSnapshot {
  if (!adapter) return { address, shown: {} };
  const pageIds = [...readLinks(adapter, document), ...readMarks(adapter, document)];
  if (hasNoAddresses(adapter) && !pageIds.length) return { address, shown: {} };
  const shown = readShownCandidate(adapter, document);
  if (addressIds === 'contradictory') return { address, adapter, shown };
  const ids: AtsIds = Object.assign({}, addressIds, ...pageIds);
  const names = Object.keys(ids);
  const doSourcesAgree = [addressIds, ...pageIds].every((source) => areIdsCompatible(source, ids));
  if (!names.length || !doSourcesAgree) return { address, adapter, shown };
  const isInAddress = names.every((name) => Object.hasOwn(addressIds, name));
  return { address, adapter, ids, from: isInAddress ? 'address' : 'page', shown };
}

function readLinks(adapter: ServedAdapter, document: Document): AtsIds[] {
  return adapter.links.flatMap((selector) =>
    queryAll(document, selector).flatMap((element) => {
      const url = readLink(element);
      const ids = url && isUrlOnHost(adapter.hosts, url) ? extractIds(adapter, url) : undefined;
      return ids && ids !== 'contradictory' ? [ids] : [];
    }),
  );
}

function readMarks({ marks, ids }: ServedAdapter, document: Document): AtsIds[] {
  return marks.flatMap(({ id, selector, attribute }) =>
    queryAll(document, selector).flatMap((element) => {
      const text = attribute ? readAttribute(element, attribute) : readText(element);
      const value = parseId(ids[id], text.trim());
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
      const text = readText(element).slice(0, MAX_TEXT_CHARACTERS).replaceAll(/\s+/g, ' ').trim();
      if (text) return text;
    }
  }
  return '';
}
