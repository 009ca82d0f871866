/** Logs what IT should know of Evalon's responses to invites, and repeats none of it. Never logs a value. */
import type { LinkProblem } from '../contract/session.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';

/** How long an alert about the same problem is not repeated. */
const ALERT_INTERVAL_MS = 60 * 60_000;

/** A field of an invite that Evalon repeats in its response. */
export type EchoedField = 'candidate_email' | 'project_id' | 'assessment_type';

export interface InviteMonitor {
  /** Notes, once for each field, that Evalon returned it in another form. */
  noteOtherForm(field: EchoedField): void;
  /** Alerts, once an hour for each problem, that a candidate has no usable link. */
  reportLinkProblem(problem: LinkProblem): void;
}

export function createInviteMonitor({ log, clock }: { log: Log; clock: Clock }): InviteMonitor {
  const noted = new Set<EchoedField>();
  const alertedAt = new Map<LinkProblem, number>();
  return {
    noteOtherForm(field) {
      if (noted.has(field)) return;
      noted.add(field);
      log.info({ field }, 'Evalon returned a field of an invite in another form than it was sent; it is accepted');
    },
    reportLinkProblem(problem) {
      const last = alertedAt.get(problem);
      if (last !== undefined && clock.monotonic() - last < ALERT_INTERVAL_MS) return;
      alertedAt.set(problem, clock.monotonic());
      log.error(
        { alert: 'candidate_link_missing', problem },
        'Evalon returned a session without a usable link for the candidate: map candidate_url in EVALON_FIELD_MAP',
      );
    },
  };
}
