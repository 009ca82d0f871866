/** Where a result stands among the finished ones of its project and type, asked for once a result and only where IT allows it. */
import { sessionPath } from '../../../proxy/contract/routes.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Scorecard, Session } from '../../api/parse.ts';
import * as say from '../../strings/en/report.ts';
import type { Connection } from '../../sync/connection.ts';
import { scheduleRetry } from '../../util/backoff.ts';
import { isRecord, readNumber } from '../../util/json.ts';

/** By result: one that is read again, or forgotten, takes its standing along. */
const known = new WeakMap<Scorecard, string | undefined>();

/** A sentence, or nothing as long as there is nothing to compare with. */
export function getPercentileText(connection: Connection, session: Session, card: Scorecard): string | undefined {
  if (connection.config?.comparison && !known.has(card)) {
    known.set(card, undefined);
    ask(connection, session, card);
  }
  return known.get(card);
}

async function ask(connection: Connection, session: Session, card: Scorecard, failures = 0): Promise<void> {
  try {
    known.set(card, await connection.client.request(`${sessionPath(session.session_uuid)}/standing`, {}, sentenceIn));
    connection.notifyListeners();
  } catch (problem) {
    scheduleRetry((problem as WidgetProblem).details, failures, connection.clock, () =>
      ask(connection, session, card, failures + 1),
    );
  }
}

function sentenceIn(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const [count, percentile] = [readNumber(value, 'count'), readNumber(value, 'percentile')];
  return count && percentile !== undefined ? say.percentileText({ count, percentile }) : '';
}
