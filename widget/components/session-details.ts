/** An invited candidate's session without its result: activity, next action, and why another invite is impossible. */
import { html, nothing, type TemplateResult } from 'lit';
import { STATUS_RANK } from '../../proxy/contract/status.ts';
import type { ClientConfig, Session } from '../api/parse.ts';
import * as strings from '../strings/en/session-details.ts';
import type { Connection } from '../sync/connection.ts';
import { needsLink } from '../sync/reminders.ts';
import { getStatusRank } from '../sync/subscriptions.ts';
import { LazyModule } from './lazy-module.ts';
import { wasReinviteRefused } from './refused-reinvites.ts';
import { renderShareLink } from './share-link.ts';

export { inviteRetryIn } from '../strings/en/retry-status.ts';
export { sameEndedSession } from '../strings/en/session-details.ts';
export { handedOver } from '../strings/en/share-link.ts';
export { renderHistory } from './history/history.ts';
export { iconStyles } from './icon-styles.ts';
export { recordRefusedReinvite } from './refused-reinvites.ts';
export { renderInviteRetry } from './retry-status.ts';
export { renderShareLink } from './share-link.ts';

const lazyNotices = new LazyModule(() => import('./session-notices.ts'));

export interface SessionDetailsProps {
  connection: Connection;
  session: Session;
  /** The name of the assessment. */
  label: string;
  config: ClientConfig;
  /** Whether the recruiter may invite the candidate to this project again. */
  canInvite: boolean;
  /** Whether the session prevents invites to other assessments that the page offers in its project. */
  blocksOthers: boolean;
  /** The result, if there is one. */
  scorecard: TemplateResult | undefined;
  renderInviteAgain: () => TemplateResult;
}

export function renderSessionDetails(props: SessionDetailsProps): TemplateResult {
  const { connection, session, label, canInvite, blocksOthers, scorecard, renderInviteAgain } = props;
  const { status, assessment_type, last_event, candidate_name, ats_writes } = session;
  const canInviteAgain = lacksLink(session) || (hasEnded(session) && !wasReinviteRefused(session));
  return html`${last_event && status !== 'completed' ? html`<p>${strings.latestActivity(last_event)}</p>` : nothing}
    ${ats_writes?.length ? lazyNotices.get(connection)?.renderAtsWrites(session) : nothing}
    ${renderFollowUp(props) ?? scorecard}
    ${canInvite && canInviteAgain && assessment_type ? renderInviteAgain() : nothing}
    ${blocksOthers ? html`<p>${strings.oneAssessmentPerProject({ name: candidate_name, held: label })}</p>` : nothing}`;
}

/** Renders the next action for a session without a result. Returns undefined if the session may have one. */
function renderFollowUp(props: SessionDetailsProps): TemplateResult | undefined {
  const { connection, session, label, config, canInvite } = props;
  const { status, result_unavailable, candidate_url } = session;
  if (hasEnded(session)) {
    return html`<p>${wasReinviteRefused(session) ? strings.sameEndedSession : strings.endedWithoutResult}</p>`;
  }
  if (result_unavailable) return html`<p>${strings.resultOverdue}</p>`;
  if (lacksLink(session)) return lazyNotices.get(connection)?.renderLinkProblem(canInvite);
  if (needsLink(session) && candidate_url) {
    return renderShareLink({ collection: connection, session, link: candidate_url, assessment: label, config });
  }
  return getStatusRank(status) < STATUS_RANK.expired ? html`<p>${strings.resultPending}</p>` : undefined;
}

function lacksLink(session: Session): boolean {
  return needsLink(session) && Boolean(session.link_problem) && !session.candidate_url;
}

export function hasEnded({ status }: Session): boolean {
  return getStatusRank(status) === STATUS_RANK.expired;
}
