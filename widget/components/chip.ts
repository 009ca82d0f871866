/** A session's status as an icon and a word. The word alone is enough to understand the status. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Session } from '../api/parse.ts';
import * as strings from '../strings/en/common.ts';

/** @param session undefined if the candidate was not invited */
export function renderChip(session: Session | undefined, { withScore = false } = {}): TemplateResult {
  const [style, text] = describeStatus(session);
  const overall = withScore && session?.status === 'completed' ? session.score_summary?.overall : undefined;
  return html`<span class="chip ${style}" part="status"
    >${text}${overall === undefined ? nothing : html`<span part="overall"> ${strings.formatScore(overall)}</span>`}</span
  >`;
}

function describeStatus(session: Session | undefined): [style: string, text: string] {
  if (!session) return ['', strings.notInvited];
  const { status, confirming, result_unavailable } = session;
  if (confirming && status !== 'completed') return ['scoring', strings.checkingResult];
  if (result_unavailable) return ['failed', strings.resultUnavailable];
  return [status, strings.statusLabel(status)];
}
