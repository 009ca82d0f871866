/** The percentile of a result among its project's finished results of the same type, if IT has enabled comparison. */
import { sessionPath } from '../../../proxy/contract/session-routes.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Scorecard, Session } from '../../api/parse.ts';
import { percentileText } from '../../strings/en/report.ts';
import type { Connection } from '../../sync/connection.ts';
import { scheduleRetry } from '../../util/backoff.ts';
import { isRecord, readNumber } from '../../util/json.ts';

/** Keyed by object identity, so that a reloaded scorecard also loads a new percentile. */
const textByScorecard = new WeakMap<Scorecard, string | undefined>();

/** Returns undefined until the percentile has loaded, and an empty text if there are too few results. */
export function getPercentileText(connection: Connection, session: Session, scorecard: Scorecard): string | undefined {
  if (connection.config?.comparison && !textByScorecard.has(scorecard)) {
    textByScorecard.set(scorecard, undefined);
    void loadPercentile(connection, session, scorecard);
  }
  return textByScorecard.get(scorecard);
}

async function loadPercentile(
  connection: Connection,
  session: Session,
  scorecard: Scorecard,
  failureCount = 0,
): Promise<void> {
  try {
    const path = `${sessionPath(session.session_uuid)}/standing`;
    textByScorecard.set(scorecard, await connection.client.request(path, {}, parsePercentileText));
    connection.notifyListeners();
  } catch (problem) {
    const retry = () => loadPercentile(connection, session, scorecard, failureCount + 1);
    scheduleRetry((problem as WidgetProblem).details, failureCount, connection.clock, retry);
  }
}

/** Returns undefined for an invalid response, and an empty text if there are too few results. */
function parsePercentileText(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const [count, percentile] = [readNumber(value, 'count'), readNumber(value, 'percentile')];
  return count && percentile !== undefined ? percentileText({ count, percentile }) : '';
}
