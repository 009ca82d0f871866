/** Renders why a session has no result yet, or never will. */
import { html, type TemplateResult } from 'lit';
import type { Session } from '../api/parse.ts';
import type { Connection } from '../sync/connection.ts';
import { LazyModule } from './lazy-module.ts';
import { renderSkeleton } from './skeleton.ts';

const lazyNotices = new LazyModule(() => import('./session-notices.ts'));

export function renderMissingResult(connection: Connection, session: Session): TemplateResult {
  const notices = lazyNotices.get(connection);
  if (!notices) return renderSkeleton();
  return html`<p>${notices.describeMissingResult(session)}</p>`;
}
