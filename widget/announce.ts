/**
 * Says changes aloud, once each, however many elements noticed them. The region lives in the page's own tree: Chrome
 * does not hear live regions in shadow roots. It is made before it is first used, or its first words would be lost.
 */
const BATCH = 150;

let region: HTMLElement | undefined;
const waiting = new Set<string>();

/** Puts the region into the page; calling it again does nothing. */
export function prepareAnnouncements(): void {
  if (region?.isConnected) return;
  region = document.createElement('div');
  region.setAttribute('role', 'status');
  region.style.cssText = 'position:fixed;clip-path:inset(50%);white-space:nowrap';
  document.body?.append(region);
}

export function announce(text: string): void {
  prepareAnnouncements();
  if (!waiting.size) {
    setTimeout(() => {
      if (region) region.textContent = [...waiting].join('. ');
      waiting.clear();
    }, BATCH);
  }
  waiting.add(text);
}
