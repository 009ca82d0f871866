/** A session's stage as a dot and a word; the colour never says more than the word. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Session } from '../api/parse.ts';
import * as say from '../strings/en/common.ts';

/** The chip of a session, or of a person who has none. */
export function renderChip(session: Session | undefined, withScore = false): TemplateResult {
  const { status = '', confirming, result_unavailable } = session ?? {};
  const checking = confirming && status !== 'completed';
  const [kind, text] = checking
    ? ['scoring', say.checkingResult]
    : result_unavailable
      ? ['failed', say.resultUnavailable]
      : [status, session ? say.statusLabel(status) : say.notInvited];
  const overall = withScore && status === 'completed' ? session?.score_summary?.overall : undefined;
  return html`<span class="chip ${kind}" part="status"
    >${text}${overall !== undefined ? html`<span part="overall"> ${say.formatScore(overall)}</span>` : nothing}</span
  >`;
}
