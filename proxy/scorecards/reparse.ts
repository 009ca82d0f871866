/**
 * Parses stored answers again after an upgrade or a change of the field map, and corrects what was misread. It does not
 * call Evalon.
 */
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { FieldMap } from '../evalon/field-map.ts';
import { parseScorecardResponse } from '../evalon/parse-scorecard.ts';
import { parseBatchResponse, parseSessionResponse, type SessionResponse } from '../evalon/parse-session.ts';
import type { ParseContext } from '../evalon/parsed.ts';
import { findNamedType, type OfferedAssessment } from '../invites/echo.ts';
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import { changeFromStatus } from '../sessions/change-status.ts';
import { saveSession, updateSession } from '../sessions/session.ts';
import type { StoredAnswer } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { parseJson } from '../util/json.ts';
import type { Log } from '../util/log.ts';
import { correctScorecard } from './store-scorecard.ts';

/** Answers of one transaction. */
const PAGE_SIZE = 100;

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  baseUrl: string;
  /** The field map in force. */
  fieldMap: () => FieldMap;
  offered: () => readonly OfferedAssessment[];
}

export interface Reparser extends JobLoop {
  /** Parses again if the field map has changed. */
  onReload(): void;
}

/** Stores what an answer says now. Returns whether that changed the session. */
type Correction = (queries: Queries) => Promise<boolean>;

export function startReparser({ store, clock, log, baseUrl, fieldMap, offered }: Options): Reparser {
  const counts = { answers: 0, changed: 0 };
  let wakeLoop = () => {};

  /** Parses an answer by `map`. */
  function parse(answer: StoredAnswer, map: FieldMap): Correction {
    if (answer.is_cut) return async () => false;
    try {
      const context = { fieldMap: map, baseUrl, now: Date.parse(answer.received_at) };
      return parseAnswer(answer, context, clock, offered());
    } catch (error) {
      log.error({ err: error, session: store.hash(answer.session_uuid) }, 'failed to parse a stored answer again');
      return async () => false;
    }
  }

  async function reparsePage(map: FieldMap): Promise<number> {
    const page = await store.read(({ rawAnswers }) => rawAnswers.listOutdated(map.version, PAGE_SIZE));
    const corrections: [StoredAnswer, Correction][] = [];
    for (const answer of page) {
      corrections.push([answer, parse(answer, map)]);
      // Requests are served in between.
      await setImmediate();
    }
    await store.write(async (queries) => {
      for (const [answer, correct] of corrections) {
        const stored = await queries.rawAnswers.get(answer.session_uuid, answer.message);
        if (stored?.received_at !== answer.received_at || stored.body !== answer.body) continue;
        if (await correct(queries)) counts.changed += 1;
        await queries.rawAnswers.setVersion(answer, map.version);
      }
    });
    counts.answers += page.length;
    return page.length;
  }

  async function tick(wake: () => void): Promise<number | undefined> {
    wakeLoop = wake;
    if ((await reparsePage(fieldMap())) === PAGE_SIZE) return 0;
    if (counts.answers) log.info(counts, 'parsed the stored answers of Evalon again');
    Object.assign(counts, { answers: 0, changed: 0 });
    return undefined;
  }

  const loop = startJobLoop({ store, clock, log, name: 'reparse', tables: [], tick });
  return { ...loop, onReload: () => wakeLoop() };
}

function parseAnswer(
  { message, session_uuid, body }: StoredAnswer,
  context: ParseContext,
  clock: Clock,
  offered: readonly OfferedAssessment[],
): Correction {
  const json = parseJson(body);
  if (message === 'scorecard') {
    const { value } = parseScorecardResponse(json, session_uuid, context);
    if (value?.isComplete) return (queries) => correctScorecard(queries, clock, value.scorecard);
    return async (queries) => {
      await requestRead(queries, clock, session_uuid);
      return false;
    };
  }
  const response =
    message === 'batch'
      ? parseBatchResponse([json], context).value?.[0]?.session
      : parseSessionResponse(json, context).value;
  return (queries) =>
    response?.session_uuid === session_uuid
      ? correctSession(queries, clock, response, offered)
      : Promise.resolve(false);
}

/** A completed session stays completed. If its answer is not a final result any more, Evalon is asked again. */
async function requestRead({ sessions }: Queries, clock: Clock, sessionUuid: string): Promise<void> {
  const session = await sessions.get(sessionUuid);
  if (session?.status === 'completed') await sessions.schedulePolls([sessionUuid], timestamp(clock));
}

/** Adds what the response to an invite says and was not understood before: the link, the type and the status. */
async function correctSession(
  queries: Queries,
  clock: Clock,
  response: SessionResponse,
  offered: readonly OfferedAssessment[],
): Promise<boolean> {
  const session = await queries.sessions.get(response.session_uuid);
  if (!session) return false;
  const candidate_url = response.candidate_url ?? session.candidate_url;
  const change = {
    candidate_url,
    link_problem: candidate_url === null ? (response.link_problem ?? session.link_problem) : null,
    assessment_type: session.assessment_type ?? findNamedType(response, offered) ?? null,
  };
  const corrected = { ...session, ...change };
  const statusChange = response.status && changeFromStatus(session, response.status, timestamp(clock));
  const isChanged = !isDeepStrictEqual(corrected, session);
  if (statusChange) await updateSession(queries, clock, corrected, statusChange);
  else if (isChanged) await saveSession(queries, corrected);
  return isChanged || statusChange !== undefined;
}
