/** The state of a batch and of its rows as text. */
import type { BatchCounts } from '../../../proxy/contract/batch.ts';
import * as strings from '../../strings/en/cohort.ts';
import { humanize } from '../../strings/humanize.ts';
import { lookUp } from '../../strings/look-up.ts';

export function describeOutcome(status: string): string {
  return lookUp(strings.outcomes, status) ?? humanize(status);
}

/** @param name the candidate's name: decides whether `invalid_name` means that the name is missing or too long */
export function describeReason(reason: string | undefined, name: string): string {
  if (!reason) return '';
  if (reason === 'invalid_name') return name ? strings.reasons.name_too_long : strings.reasons.name_missing;
  return lookUp(strings.reasons, reason) ?? strings.unknownReason;
}

/** Omits outcomes that no candidate has, except `invited`. */
export function describeFinishedBatch(counts: BatchCounts): string {
  const { invited, existing, failed, cancelled } = strings.finishedSentences;
  return [
    invited(counts.invited),
    counts.existing ? existing(counts.existing) : '',
    counts.failed ? failed(counts.failed) : '',
    counts.cancelled ? cancelled(counts.cancelled) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Uses no-break spaces within a count, so that a line breaks only between two counts. */
export function describeCounts(counts: BatchCounts): string {
  const { queued, invited, existing, failed, cancelled } = strings.outcomeCounts;
  return [
    counts.queued ? queued(counts.queued) : '',
    invited(counts.invited),
    counts.existing ? existing(counts.existing) : '',
    counts.failed ? failed(counts.failed) : '',
    counts.cancelled ? cancelled(counts.cancelled) : '',
  ]
    .filter(Boolean)
    .map((part) => part.replaceAll(' ', '\u00a0'))
    .join(strings.countSeparator);
}

/** Shows hours from 90 minutes on. */
export function describeTimeLeft(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return strings.lessThanMinuteLeft;
  return minutes < 90 ? strings.minutesLeft(minutes) : strings.hoursLeft(Math.round(minutes / 60));
}
