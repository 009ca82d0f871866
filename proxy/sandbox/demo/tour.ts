/** The guided tour: an overview on the list, and the next step on a profile. */
import type { SessionStatus } from '../../contract/status.ts';
import { type Html, html } from '../html.ts';
import type { Person } from './people/person.ts';

const STEP_BY_STATUS: Record<SessionStatus, string> = {
  invited: 'answer',
  opened: 'answer',
  started: 'answer',
  submitted: 'wait',
  scoring: 'wait',
  expired: 'ended',
  cancelled: 'ended',
  declined: 'ended',
  failed: 'ended',
  completed: 'completed',
};

/** The tour in three steps, shown above the list. */
export const tourOverview = html`<ol class="card tour" aria-label="Try it in one minute">
  <li><strong>Invite</strong> <span>Open <a href="/candidates/ada-demo">Ada Demo</a> and click Invite.</span></li>
  <li><strong>Take the assessment</strong> <span>Open Ada's link and answer, or finish it with one click.</span></li>
  <li><strong>See the result</strong> <span>The status and the scorecard update automatically on every page.</span></li>
</ol>`;

/**
 * Renders every step and hides all but the current one. The page's script updates them when the status changes.
 * @param status the session's status at the simulated Evalon. The widget may still show an earlier status.
 */
export function renderTourStep({ id, name }: Person, status: SessionStatus | undefined): Html {
  const currentStep = status ? STEP_BY_STATUS[status] : 'invite';
  const firstName = name.split(' ')[0];
  const steps = {
    invite: html`Click <strong>Invite</strong> above. The simulated Evalon creates a link for ${firstName}.`,
    answer: html`Now play the candidate: <a data-candidate-link href="/candidates/${id}/link" target="_blank"
      rel="noopener">open the candidate's link</a> and answer, or <button type="button" data-finish="/candidates/${id}/finish">finish for ${firstName}</button>.`,
    wait: html`${firstName} has submitted the answers. The result appears automatically, here and in the list.`,
    completed: html`Open a section to see its questions. <strong>Next</strong> shows the next candidate in the same panel.`,
    ended: html`Evalon keeps one session per candidate and project. Inviting again returns the ended session.`,
  };
  return html`<section class="next-step" aria-label="What to try" data-part="next-step"
    data-steps="${JSON.stringify(STEP_BY_STATUS)}">
    <strong class="next-step-label">Try it</strong>
    ${Object.entries(steps).map(([step, text]) => html`<p data-step="${step}" ${step !== currentStep && html`hidden`}>${text}</p>`)}
  </section>`;
}
