/** Reads a scorecard from Evalon. Also returns the raw answer, even if it has no final scorecard. */
import type { Scorecard } from '../contract/scorecard.ts';
import type { EvalonClient } from '../evalon/client.ts';
import type { RawAnswer } from '../evalon/raw-answer.ts';
import type { SessionRow } from '../store/schema.ts';
import { ProxyError } from '../util/errors.ts';

/** Either `scorecard` or `error` is present. */
export interface ScorecardRead {
  scorecard?: Scorecard;
  error?: ProxyError;
  /** Absent if Evalon did not respond with JSON. */
  answer?: RawAnswer;
}

/** Returns an error of the Evalon client instead of throwing it. */
export async function fetchScorecard(
  evalon: Pick<EvalonClient, 'readScorecard'>,
  session: SessionRow,
  options: Parameters<EvalonClient['readScorecard']>[1],
): Promise<ScorecardRead> {
  const read: ScorecardRead = {};
  const onAnswer = (answer: RawAnswer) => {
    read.answer = answer;
  };
  try {
    read.scorecard = await evalon.readScorecard(session, { ...options, onAnswer });
  } catch (error) {
    if (!(error instanceof ProxyError)) throw error;
    read.error = error;
  }
  return read;
}
