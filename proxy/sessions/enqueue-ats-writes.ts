/** Adds the ATS writes of a session's change to the outbox, in the same transaction as the change. */
import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config/config.ts';
import { getTargetKey, type WriteOccasion } from '../config/write-back.ts';
import type { Scorecard } from '../contract/scorecard.ts';
import { hasEndedWithoutResult, type SessionStatus, STATUS_RANK } from '../contract/status.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { summarizeAtsWrites } from './ats-writes.ts';

/** What every change to a session needs. */
export interface ChangeOptions {
  clock: Clock;
  config: () => Pick<Config, 'writeBack' | 'ats' | 'outboundWebhook'>;
}

/** The session's state right after the change. */
export interface WriteFacts {
  status: SessionStatus;
  at: string;
  overall: number | null;
  overall_max: number | null;
  sections: { name: string; score: number; max_score: number | null }[];
}

/**
 * Adds the writes to the outbox, and returns the new value of the session's `ats_writes`.
 * @param before undefined for a new session.
 */
export async function enqueueAtsWrites(
  queries: Queries,
  { clock, config }: ChangeOptions,
  before: SessionRow | undefined,
  after: SessionRow,
): Promise<string | null> {
  const { ats, application_id, session_uuid } = after;
  const occasion = getOccasion(before, after);
  const hasNewLink = needsLink(after) && (occasion === 'invited' || before?.candidate_url !== after.candidate_url);
  if ((!occasion && !hasNewLink) || ats === null || application_id === null) return after.ats_writes;
  const writes = config()
    .writeBack.filter((target) => target.ats === ats)
    .flatMap((target) => {
      const targetOccasion = target.as === 'link' ? (hasNewLink ? 'invited' : undefined) : occasion;
      return targetOccasion && target.on.some((name) => name === targetOccasion)
        ? [{ target, occasion: targetOccasion }]
        : [];
    });
  if (!writes.length) return after.ats_writes;
  for (const { target, occasion } of writes) {
    const facts = JSON.stringify(toFacts(after));
    const state = target.dry_run ? 'dry_run' : 'pending';
    await queries.outbox.add({ session_uuid, channel: 'ats', target: getTargetKey(target), occasion, facts, state });
  }
  return summarizeAtsWrites(after, await queries.outbox.list(session_uuid), config().ats, timestamp(clock));
}

/** Whether a session has another status, or other scores, than before. */
export function hasNews(before: SessionRow | undefined, after: SessionRow): boolean {
  return !before || before.status !== after.status || !isDeepStrictEqual(toScores(before), toScores(after));
}

/** Whether the candidate still needs the link, and the session has one. */
export function needsLink({ status, candidate_url }: Pick<SessionRow, 'status' | 'candidate_url'>): boolean {
  return candidate_url !== null && STATUS_RANK[status] < STATUS_RANK.submitted;
}

function getOccasion(before: SessionRow | undefined, after: SessionRow): WriteOccasion | undefined {
  if (!before) return 'invited';
  if (after.status === 'completed') return hasNews(before, after) ? 'completed' : undefined;
  if (before.status === after.status) return undefined;
  if (hasEndedWithoutResult(after.status)) return 'ended';
  return hasEndedWithoutResult(before.status) ? 'invited' : undefined;
}

export function toFacts(row: SessionRow): WriteFacts {
  const { status, updated_at, completed_at } = row;
  return { status, at: status === 'completed' ? (completed_at ?? updated_at) : updated_at, ...toScores(row) };
}

function toScores({ scorecard }: SessionRow): Pick<WriteFacts, 'overall' | 'overall_max' | 'sections'> {
  if (scorecard === null) return { overall: null, overall_max: null, sections: [] };
  const { overall, overall_max, sections } = JSON.parse(scorecard) as Scorecard;
  return {
    overall,
    overall_max,
    sections: sections.flatMap(({ name, score, max_score }) => (score === null ? [] : [{ name, score, max_score }])),
  };
}
