/** A session's stage as a dot and a word; the colour never says more than the word. */
import { html, nothing, type TemplateResult } from 'lit';
import * as say from '../messages/en.ts';
import type { Session } from '../state/answers.ts';

const TONE: Record<string, string> = {
  invited: 'calm',
  opened: 'busy',
  started: 'busy',
  submitted: 'busy',
  scoring: 'busy',
  failed: 'bad',
  completed: 'good',
};

/** The chip of a session, or of a person who has none. */
export function chip(session: Session | undefined, withScore = false): TemplateResult {
  const checking = session?.confirming && session.status !== 'completed';
  const tone = checking ? 'busy' : Object.hasOwn(TONE, session?.status ?? '') ? TONE[session?.status ?? ''] : '';
  const text = checking ? say.checking : session ? say.status(session.status) : say.notInvited;
  const overall = withScore && session?.status === 'completed' ? session.score_summary?.overall : undefined;
  return html`<span class="chip ${tone}" part="status"
    ><span class=${checking ? 'spinner' : 'dot'}></span>${text}${
      overall !== undefined ? html`<b part="overall"> ${say.score(overall)}</b>` : nothing
    }</span
  >`;
}
