/**
 * Announces changes to screen readers, each change once, even if several elements report it. The live region is in the
 * light DOM, because Chrome ignores live regions in shadow roots. It must exist before the first announcement.
 */
import { locale } from '../strings/en/common.ts';
import { pageDocument } from './page-document.ts';

/** Screen readers read the announcements of this period together. */
const BATCH_MS = 150;
/** The text may contain a candidate's name, so it must not stay in the page. */
const CLEAR_AFTER_MS = 1_000;

let region: HTMLElement | undefined;
const queue = new Set<string>();
let clearTimer: ReturnType<typeof setTimeout> | undefined;

export function ensureLiveRegion(): void {
  if (region?.isConnected) return;
  region = pageDocument.createElement('div');
  region.setAttribute('role', 'status');
  region.lang = locale;
  region.style.cssText = 'display:block!important;position:fixed;clip-path:inset(50%);white-space:nowrap';
  pageDocument.body?.append(region);
}

export function announce(text: string): void {
  ensureLiveRegion();
  if (!queue.size) setTimeout(flush, BATCH_MS);
  queue.add(text);
}

function flush(): void {
  if (region) region.textContent = [...queue].join('. ');
  queue.clear();
  clearTimeout(clearTimer);
  clearTimer = setTimeout(() => {
    if (region) region.textContent = '';
  }, CLEAR_AFTER_MS);
}
