/**
 * Parses Evalon's stored answers again after an upgrade or a change of the field map, and corrects the sessions. Does
 * not call Evalon.
 */
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { FieldMap } from '../evalon/field-map.ts';
import { parseScorecardResponse } from '../evalon/parse-scorecard.ts';
import { parseBatchResponse, parseSessionResponse, type SessionResponse } from '../evalon/parse-session.ts';
import type { ParseContext } from '../evalon/parsed.ts';
import { findNamedType, type OfferedAssessment } from '../invites/echo.ts';
import { changeLink } from '../invites/session-from-evalon.ts';
import { startJobLoop, type WakeableJobLoop } from '../jobs/job-loop.ts';
import { changeFromStatus } from '../sessions/change-status.ts';
import { type ChangeOptions, enqueueAtsWrites } from '../sessions/enqueue-ats-writes.ts';
import { saveSession, updateSession } from '../sessions/session.ts';
import type { StoredAnswer } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { parseJson } from '../util/json.ts';
import type { Log } from '../util/log.ts';
import { correctScorecard } from './store-scorecard.ts';

/** Answers parsed per transaction. */
const PAGE_SIZE = 100;

interface Options extends ChangeOptions {
  store: Store;
  log: Log;
  baseUrl: string;
  /** Returns the current field map. */
  fieldMap: () => FieldMap;
  offeredAssessments: () => readonly OfferedAssessment[];
}

/** Stores what the new field map parsed from an answer. Returns whether the session changed. */
type Correction = (queries: Queries) => Promise<boolean>;

/** Call `wake` after a change of the field map. */
export function startAnswerReparser(options: Options): WakeableJobLoop {
  const { store, clock, log, baseUrl, fieldMap } = options;
  const counts = { answers: 0, changed: 0 };

  function parse(answer: StoredAnswer, currentMap: FieldMap): Correction {
    if (answer.is_truncated) return async () => false;
    try {
      const context = { fieldMap: currentMap, baseUrl, now: Date.parse(answer.received_at) };
      return parseAnswer(answer, context, options);
    } catch (error) {
      log.error({ err: error, session: store.hash(answer.session_uuid) }, 'failed to parse a stored answer again');
      return async () => false;
    }
  }

  async function reparsePage(currentMap: FieldMap): Promise<number> {
    const page = await store.read(({ rawAnswers }) => rawAnswers.listOutdated(currentMap.version, PAGE_SIZE));
    const corrections: [StoredAnswer, Correction][] = [];
    for (const answer of page) {
      corrections.push([answer, parse(answer, currentMap)]);
      // The proxy serves requests between two answers.
      await setImmediate();
    }
    await store.write(async (queries) => {
      for (const [answer, correct] of corrections) {
        const stored = await queries.rawAnswers.get(answer.session_uuid, answer.message);
        if (stored?.received_at !== answer.received_at || stored.body !== answer.body) continue;
        if (await correct(queries)) counts.changed += 1;
        await queries.rawAnswers.setFieldMapVersion(answer, currentMap.version);
      }
    });
    counts.answers += page.length;
    return page.length;
  }

  async function tick(): Promise<number | undefined> {
    if ((await reparsePage(fieldMap())) === PAGE_SIZE) return 0;
    if (counts.answers) log.info(counts, "parsed Evalon's stored responses again");
    Object.assign(counts, { answers: 0, changed: 0 });
    return undefined;
  }

  return startJobLoop({ store, clock, log, name: 'reparse', tables: [], tick });
}

function parseAnswer(
  { message, session_uuid, body }: StoredAnswer,
  context: ParseContext,
  options: Options,
): Correction {
  const json = parseJson(body);
  if (message === 'scorecard') {
    const { value } = parseScorecardResponse(json, session_uuid, context);
    if (value?.isComplete) return (queries) => correctScorecard(queries, options, value.scorecard);
    return async (queries) => {
      await scheduleRead(queries, session_uuid);
      return false;
    };
  }
  const response =
    message === 'batch'
      ? parseBatchResponse([json], context).value?.[0]?.session
      : parseSessionResponse(json, context).value;
  return (queries) =>
    response?.session_uuid === session_uuid ? correctSession(queries, options, response) : Promise.resolve(false);
}

/** If a completed session's answer is no longer a final result, schedules a read. The session stays completed. */
async function scheduleRead({ sessions, dueClock }: Queries, sessionUuid: string): Promise<void> {
  const session = await sessions.get(sessionUuid);
  if (session?.status === 'completed') await sessions.schedulePolls([sessionUuid], dueClock.dueAt());
}

/** Adds the values that the old field map did not find in the response to an invite: link, type and status. */
async function correctSession(queries: Queries, options: Options, response: SessionResponse): Promise<boolean> {
  const session = await queries.sessions.get(response.session_uuid);
  if (!session) return false;
  const corrected = {
    ...session,
    ...changeLink(session, response),
    assessment_type: session.assessment_type ?? findNamedType(response, options.offeredAssessments()) ?? null,
  };
  const statusChange = response.status && changeFromStatus(session, response.status, queries.dueClock.dueAt());
  const isChanged = !isDeepStrictEqual(corrected, session);
  // The link may be new to the ATS.
  const ats_writes = await enqueueAtsWrites(queries, options, session, corrected);
  if (statusChange) await updateSession(queries, options, { ...corrected, ats_writes }, statusChange);
  else if (isChanged) await saveSession(queries, { ...corrected, ats_writes });
  return isChanged || statusChange !== undefined;
}
