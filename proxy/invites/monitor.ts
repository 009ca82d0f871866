/** Logs unexpected fields in Evalon's responses to invites. Limits repetitions, and never logs a value. */
import type { LinkProblem } from '../contract/session.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';

/** Time between two alerts about the same problem. */
const ALERT_INTERVAL_MS = 60 * 60_000;

/** A field of an invite that Evalon repeats in its response. */
export type EchoedField = 'candidate_email' | 'project_id' | 'assessment_type';

export interface InviteMonitor {
  /** Logs, once for each field, that Evalon returned the field in a different form than the invite had. */
  logOtherForm(field: EchoedField): void;
  /** Alerts that a candidate has no usable link, no more than once an hour for each problem. */
  reportLinkProblem(problem: LinkProblem): void;
}

export function createInviteMonitor({ log, clock }: { log: Log; clock: Clock }): InviteMonitor {
  const logged = new Set<EchoedField>();
  const alertedAt = new Map<LinkProblem, number>();
  return {
    logOtherForm(field) {
      if (logged.has(field)) return;
      logged.add(field);
      log.info({ field }, 'Evalon returned a field of an invite in a different form; the proxy accepts it');
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
