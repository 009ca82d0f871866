/** Finds the adapter for a page's URL. Does not use the DOM. */
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import { type AtsIds, extractIds, isUrlOnHost, matchTemplate } from '../../../proxy/contract/page-address.ts';

/** What a URL alone reveals. */
export interface AddressMatch {
  address: string;
  /** Undefined if the page can't be about a candidate. */
  adapter?: ServedAdapter;
  /** `unclear` if two URL templates match with different ids. */
  ids?: AtsIds | 'contradictory';
}

/** Returns the adapter for a URL and the ids in it. */
export function matchAddress(adapters: readonly ServedAdapter[], address: string): AddressMatch {
  const url = new URL(address);
  for (const adapter of adapters) {
    if (!isUrlOnHost(adapter.hosts, url)) continue;
    const ids = extractIds(adapter, url);
    if (ids) return { address, adapter, ids };
    // A suspect page is about a candidate, but its URL contains no ids.
    const isSuspect = adapter.suspects.some((template) => matchTemplate(template, url, adapter.ids));
    const isRecognizedByElements = hasNoAddresses(adapter) && adapter.links.length + adapter.marks.length > 0;
    if (isSuspect || isRecognizedByElements) return { address, adapter, ids: {} };
  }
  return { address };
}

/** Whether the adapter reads elements of the page. */
export function readsElements({ links, marks, email, person, mount }: ServedAdapter): boolean {
  return [links, marks, email, person, mount].some((selectors) => selectors.length > 0);
}

/** Whether the adapter recognizes pages only by links and marks. */
export function hasNoAddresses({ addresses, suspects }: ServedAdapter): boolean {
  return !addresses.length && !suspects.length;
}
