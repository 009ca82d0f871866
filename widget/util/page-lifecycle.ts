import { pageDocument } from './page-document.ts';
import { createAbortController } from './with-timeout.ts';

export interface PageLifecycleListener {
  onVisibilityChange(isVisible: boolean): void;
  /** Called when the browser is online again. */
  retry(): void;
  onOffline(): void;
}

/** Reports the visibility, and each change of visibility or network. Returns the function that stops the reports. */
export function observePageLifecycle(listener: PageLifecycleListener): () => void {
  const controller = createAbortController();
  const { signal } = controller;
  const reportVisibility = () => listener.onVisibilityChange(pageDocument.visibilityState === 'visible');
  pageDocument.addEventListener('visibilitychange', reportVisibility, { signal });
  addEventListener('pageshow', reportVisibility, { signal });
  addEventListener('pagehide', () => listener.onVisibilityChange(false), { signal });
  addEventListener('online', () => listener.retry(), { signal });
  addEventListener('offline', () => listener.onOffline(), { signal });
  reportVisibility();
  return () => controller.abort();
}
