/** Small HTML pages with a strict Content-Security-Policy. */
import { createHash } from 'node:crypto';

/** A Content-Security-Policy source that permits exactly this inline script or style. */
export function cspHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
