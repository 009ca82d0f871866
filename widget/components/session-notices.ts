/**
 * Notices that few sessions need: what was saved to the ATS, another assessment in the project, a missing link, and a
 * missing result. Their code loads on demand.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { hasEndedWithoutResult, type SessionStatus } from '../../proxy/contract/status.ts';
import type { Session } from '../api/parse.ts';
import { resultPending } from '../strings/en/common.ts';
import * as missingResultStrings from '../strings/en/missing-result.ts';
import * as strings from '../strings/en/session-notices.ts';
import { formatTime } from '../strings/en/time.ts';
import { lookUp } from '../strings/look-up.ts';
import { type JsonRecord, readStrings } from '../util/json.ts';

export { sameEndedSession } from '../strings/en/missing-result.ts';

export function describeMissingResult({ status, result_unavailable }: Session, canInviteAgain = false): string {
  if (hasEndedWithoutResult(status as SessionStatus)) return describeEnding(status, canInviteAgain);
  return result_unavailable ? missingResultStrings.resultOverdue : resultPending;
}

/** @param status one that ends without a result */
function describeEnding(status: string, canInviteAgain: boolean): string {
  const ending = lookUp(missingResultStrings.endings, status);
  return (canInviteAgain ? ending?.causeAndAction : ending?.cause) ?? missingResultStrings.endedWithoutResult;
}

export function renderLinkProblem(canInviteAgain: boolean): TemplateResult {
  return html`<p class="failed" part="problem">${canInviteAgain ? strings.linkProblemInviteAgain : strings.linkProblem}</p>`;
}

/** @param held the name of the assessment in the candidate's session */
export function renderConflict(name: string, held: string): TemplateResult {
  return html`<p>${strings.oneAssessmentPerProject({ name, held })}</p>`;
}

export function renderAtsWrites({ ats_writes = [], candidate_name }: Session): TemplateResult {
  return html`${ats_writes.map((write) => renderAtsWrite(write, candidate_name))}`;
}

function renderAtsWrite(write: JsonRecord, name: string): TemplateResult | typeof nothing {
  const { label, content, state, at, problem } = readStrings(write, 'label', 'content', 'state', 'at', 'problem');
  if (!label || !state || !at) return nothing;
  const texts = content === 'link' ? strings.linkWriteTexts : strings.statusWriteTexts;
  const text = describeAtsWrite(texts, {
    ats: html`<bdi>${label}</bdi>`,
    state,
    time: formatTime(at),
    problem,
    name: html`<bdi>${name}</bdi>`,
  });
  // `not_configured` is IT's decision, not a failure.
  return (state === 'held' || state === 'failed') && problem !== 'not_configured'
    ? html`<p class="failed" part="problem">${text}</p>`
    : html`<p part="ats-write">${text}</p>`;
}

interface AtsWriteFacts {
  ats: TemplateResult;
  state: string;
  time: string;
  problem: string | undefined;
  /** The candidate's name. */
  name: TemplateResult;
}

function describeAtsWrite(
  texts: strings.AtsWriteTexts,
  { ats, state, time, problem, name }: AtsWriteFacts,
): TemplateResult {
  if (state === 'saved') return texts.saved(ats, time);
  if (state !== 'saving') return (lookUp(texts.failed, problem ?? '') ?? texts.failed.other)(ats, name);
  return problem ? (lookUp(texts.delayed, problem) ?? texts.delayed.other)(ats) : texts.saving(ats);
}
