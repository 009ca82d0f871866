/** A session's details: activity, next action, and why another invite is impossible. The caller provides the result. */
import { html, nothing, type TemplateResult } from 'lit';
import { STATUS_RANK } from '../../proxy/contract/status.ts';
import type { ClientConfig, Session } from '../api/parse.ts';
import * as strings from '../strings/en/session-details.ts';
import type { Connection } from '../sync/connection.ts';
import { needsLink } from '../sync/reminders.ts';
import { getStatusRank } from '../sync/subscriptions.ts';
import { announce } from '../util/announce.ts';
import { LazyModule } from './lazy-module.ts';
import { recordRefusedReinvite, wasReinviteRefused } from './refused-reinvites.ts';
import { renderShareLink } from './share-link.ts';
import { renderSkeleton } from './skeleton.ts';

// These exports load with this module, because only elements with an invited candidate need them.
export { inviteRetryIn } from '../strings/en/retry-status.ts';
export { renderHistory } from './history/history.ts';
export { iconStyles } from './icon-styles.ts';
export { renderInviteRetry } from './retry-status.ts';
export { describeHandover, renderShareLink } from './share-link.ts';

const lazyNotices = new LazyModule(() => import('./session-notices.ts'));

export interface SessionDetailsProps {
  connection: Connection;
  session: Session;
  /** The name of the assessment. */
  label: string;
  config: ClientConfig;
  /** Whether the recruiter may invite the candidate to this project again. */
  canInvite: boolean;
  /** Whether the session prevents invites to other assessments that the page offers in the session's project. */
  blocksOthers: boolean;
  /** The rendered result, if there is one. */
  scorecard: TemplateResult | undefined;
  renderInviteAgain: () => TemplateResult;
}

export function renderSessionDetails(props: SessionDetailsProps): TemplateResult {
  const { connection, session, label, canInvite, blocksOthers, scorecard, renderInviteAgain } = props;
  const { status, assessment_type, last_event, candidate_name, ats_writes } = session;
  const needsNewInvite = lacksLink(session) || (hasEnded(session) && !wasReinviteRefused(session));
  const canInviteAgain = canInvite && needsNewInvite && !!assessment_type;
  // The conflict is above a next action, but below a result.
  const conflict = blocksOthers
    ? renderNotice(connection, (notices) => notices.renderConflict(candidate_name, label))
    : nothing;
  return html`${last_event && status !== 'completed' ? html`<p>${strings.latestActivity(last_event)}</p>` : nothing}
    ${ats_writes?.length ? renderNotice(connection, (notices) => notices.renderAtsWrites(session)) : nothing}
    ${scorecard ? nothing : conflict} ${renderFollowUp(props, canInviteAgain) ?? scorecard}
    ${scorecard ? conflict : nothing}
    ${canInviteAgain ? renderInviteAgain() : nothing}`;
}

type Notices = typeof import('./session-notices.ts');
type Notice = TemplateResult | typeof nothing;

/**
 * While the notices load, renders a skeleton. The history is hidden below a skeleton, so that the history does not move.
 * If the notices cannot be loaded, renders nothing, so that the history is shown.
 */
function renderNotice(connection: Connection, render: (notices: Notices) => TemplateResult): Notice {
  const notices = lazyNotices.get(connection);
  if (notices) return render(notices);
  return lazyNotices.problem ? nothing : renderSkeleton();
}

/** Renders the next action for a session without a result. Returns undefined if the session may have a result. */
function renderFollowUp(props: SessionDetailsProps, canInviteAgain: boolean): Notice | undefined {
  const { connection, session, label, config } = props;
  const { status, result_unavailable, candidate_url } = session;
  if (hasEnded(session) || result_unavailable || lacksLink(session)) {
    return renderMissingResult(connection, session, canInviteAgain);
  }
  if (needsLink(session) && candidate_url) {
    return renderShareLink({ collection: connection, session, link: candidate_url, assessment: label, config });
  }
  return getStatusRank(status) < STATUS_RANK.expired ? html`<p>${strings.resultPending}</p>` : undefined;
}

function renderMissingResult(connection: Connection, session: Session, canInviteAgain: boolean): Notice {
  return renderNotice(connection, ({ renderLinkProblem, sameEndedSession, describeMissingResult }) => {
    if (lacksLink(session)) return renderLinkProblem(canInviteAgain);
    const isRefused = hasEnded(session) && wasReinviteRefused(session);
    return html`<p>${isRefused ? sameEndedSession : describeMissingResult(session, canInviteAgain)}</p>`;
  });
}

function lacksLink(session: Session): boolean {
  return needsLink(session) && Boolean(session.link_problem) && !session.candidate_url;
}

/** Whether the session ended without a result. All statuses of such an end have the rank of `expired`. */
export function hasEnded({ status }: Session): boolean {
  return getStatusRank(status) === STATUS_RANK.expired;
}

/** Records and announces a refused invite. Must be called when Evalon returned the ended session for a new invite. */
export async function recordRefusal(connection: Connection, session: Session): Promise<void> {
  recordRefusedReinvite(session);
  const notices = await lazyNotices.load(connection);
  if (notices) announce(notices.sameEndedSession);
}
