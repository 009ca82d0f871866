/**
 * Says changes aloud, once each, however many elements noticed them. The region lives in the page's own tree: Chrome
 * does not hear live regions in shadow roots. It is made before it is first used, or its first words would be lost.
 */
const BATCH = 150;
/** Milliseconds until an announcement leaves the page again: it names a candidate. */
const READ_FOR = 1_000;

let region: HTMLElement | undefined;
const waiting = new Set<string>();
let clearing: ReturnType<typeof setTimeout> | undefined;

/** Puts the region into the page; calling it again does nothing. */
export function ensureLiveRegion(): void {
  if (region?.isConnected) return;
  region = document.createElement('div');
  region.setAttribute('role', 'status');
  region.style.cssText = 'display:block!important;position:fixed;clip-path:inset(50%);white-space:nowrap';
  document.body?.append(region);
}

export function announce(text: string): void {
  ensureLiveRegion();
  if (!waiting.size) {
    setTimeout(() => {
      if (region) region.textContent = [...waiting].join('. ');
      clearTimeout(clearing);
      clearing = setTimeout(() => {
        if (region) region.textContent = '';
      }, READ_FOR);
      waiting.clear();
    }, BATCH);
  }
  waiting.add(text);
}
