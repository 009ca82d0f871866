/** A session's stage as a dot and a word; the colour never says more than the word. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { STATUS_RANK } from '../../proxy/contract/status.ts';
import * as say from '../messages/en.ts';
import type { Session } from '../state/answers.ts';
import { rankOf } from '../state/watchlist.ts';

/** The chip of a session, or of a person who has none. */
export function chip(session: Session | undefined, withScore = false): TemplateResult {
  const checking = session?.confirming && session.status !== 'completed';
  const tone = checking ? 'busy' : toneOf(session?.status ?? '');
  const text = checking ? say.checking : session ? say.status(session.status) : say.notInvited;
  const overall = withScore && session?.status === 'completed' ? session.score_summary?.overall : undefined;
  return html`<span class="chip ${tone}" part="status"
    ><span class="dot"></span>${text}${
      overall !== undefined ? html`<b part="overall"> ${say.score(overall)}</b>` : nothing
    }</span
  >`;
}

function toneOf(status: string): string {
  const rank = rankOf(status);
  if (status === 'failed') return 'bad';
  return rank > STATUS_RANK.failed ? 'good' : rank < STATUS_RANK.failed ? (rank ? 'busy' : 'calm') : '';
}
