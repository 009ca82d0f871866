/** Notices that few sessions need: what the ATS has, and a missing link. Their code loads on demand. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Session } from '../api/parse.ts';
import * as strings from '../strings/en/session-notices.ts';
import { type JsonRecord, readStrings } from '../util/json.ts';

export function renderLinkProblem(canInvite: boolean): TemplateResult {
  return html`<p class="failed" part="problem">${canInvite ? strings.linkProblemInviteAgain : strings.linkProblem}</p>`;
}

export function renderAtsWrites({ ats_writes = [], candidate_name }: Session): TemplateResult {
  return html`${ats_writes.map((write) => renderAtsWrite(write, candidate_name))}`;
}

function renderAtsWrite(write: JsonRecord, name: string): TemplateResult | typeof nothing {
  const { label, content, state, at, problem } = readStrings(write, 'label', 'content', 'state', 'at', 'problem');
  if (!label || !state || !at) return nothing;
  const toText = content === 'link' ? strings.describeLinkWrite : strings.describeNewsWrite;
  const text = toText({ label, state, at, problem, name });
  return state === 'held' || state === 'failed'
    ? html`<p class="failed" part="problem">${text}</p>`
    : html`<p part="ats-write">${text}</p>`;
}
