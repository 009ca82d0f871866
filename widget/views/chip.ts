/** A session's stage as a dot and a word; the colour never says more than the word. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import * as say from '../messages/en.ts';
import type { Session } from '../state/answers.ts';

/** The chip of a session, or of a person who has none. */
export function chip(session: Session | undefined, withScore = false): TemplateResult {
  const { status = '', confirming, result_unavailable } = session ?? {};
  const open = confirming && status !== 'completed' ? say.checking : result_unavailable && say.unavailable;
  const text = open || (session ? say.status(status) : say.notInvited);
  const overall = withScore && status === 'completed' ? session?.score_summary?.overall : undefined;
  return html`<span class="chip ${open ? 'scoring' : status}" part="status"
    >${text}${overall !== undefined ? html`<span part="overall"> ${say.score(overall)}</span>` : nothing}</span
  >`;
}
