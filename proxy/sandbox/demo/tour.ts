/**
 * What to try next on a profile, for whoever plays the recruiter and the candidate at once. All phases are in the page;
 * the one that the widget's own events tell is shown.
 */
import type { SessionStatus } from '../../contract/status.ts';
import { type Html, html } from '../html.ts';
import type { Person } from './people/person.ts';

const PHASE_OF: Record<SessionStatus, string> = {
  invited: 'open',
  opened: 'open',
  started: 'open',
  submitted: 'waiting',
  scoring: 'waiting',
  expired: 'ended',
  cancelled: 'ended',
  declined: 'ended',
  failed: 'ended',
  completed: 'completed',
};

/** @param status as the simulated Evalon has it, which may be ahead of what the widget has heard. */
export function renderTour({ id, name }: Person, status: SessionStatus | undefined): Html {
  const now = status ? PHASE_OF[status] : 'none';
  const first = name.split(' ')[0];
  const phases = {
    none: html`Click <strong>Invite</strong> above: the simulated Evalon makes a link for ${first}.`,
    open: html`Now play ${first}: <a data-candidate-link href="/candidates/${id}/link" target="_blank" rel="noopener">open the candidate’s link</a>
      and answer, or <button type="button" data-finish="/candidates/${id}/finish">let ${first} finish now</button>.`,
    waiting: html`${first} has handed in. The result appears by itself, here and in the list.`,
    completed: html`Unfold a section to see the questions. With <strong>Next</strong> the panel shows the next candidate at once.`,
    ended: html`Evalon keeps one session for each person and project: inviting again gives back the one that ended.`,
  };
  return html`<section class="rehearsal" aria-label="What to try" data-part="rehearsal" data-phases="${JSON.stringify(PHASE_OF)}">
    <strong class="try">Try it</strong>
    ${Object.entries(phases).map(([phase, text]) => html`<p data-phase="${phase}" ${phase !== now && html`hidden`}>${text}</p>`)}
  </section>`;
}
