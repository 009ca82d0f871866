/**
 * Copies an SQLite database to PostgreSQL, starts a proxy on each database, and compares the proxies' responses to
 * random requests.
 * `SESSIONS` sets the number of sessions, and `SEED` repeats an earlier run's requests.
 */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { SESSION_SORTS } from '../../proxy/contract/list.ts';
import { SESSION_STATUSES } from '../../proxy/contract/status.ts';
import { copyToPostgres } from '../../proxy/store/copy-to-postgres.ts';
import { systemClock } from '../../proxy/util/clock.ts';
import { median } from '../bench/figures.ts';
import { type ApiResponse, createRecruiterClient, type RecruiterClient } from '../support/api-client.ts';
import { startEvalon } from '../support/evalon.ts';
import { createLargeDatabase, emailOf, projectOf } from '../support/large-database.ts';
import { startPostgresServer } from '../support/postgres-server.ts';
import { buildProxySettings, createTempFolder, type ProxyProcess, startProxyProcess } from '../support/proxy.ts';
import { createSeededRandom } from '../support/seeded-random.ts';
import { mustBeZero } from './invariants.ts';
import type { SoakResult } from './soak-result.ts';

const DEFAULT_SESSIONS = 20_000;
/** The fraction of the sessions that are not finished. */
const OPEN_SHARE = 0.3;
const REQUESTS = 1_000;
/** A request names a session or batch among this many of the newest ids in earlier responses. */
const RECENT_IDS = 200;
const START_TIMEOUT_MS = 60_000;

export async function soakCopy(): Promise<SoakResult[]> {
  const sessionCount = Number(process.env['SESSIONS'] ?? DEFAULT_SESSIONS);
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon();
  const postgres = await startPostgresServer();
  const proxies: ProxyProcess[] = [];
  try {
    const { url } = await postgres.createDatabase();
    const file = join(folder, 'evalon.db');
    await createLargeDatabase(file, {
      evalonUrl: evalon.url,
      sessionCount,
      openSessionCount: sessionCount * OPEN_SHARE,
      seed,
    });
    let rowCount = 0;
    const start = performance.now();
    const onTable = (_: string, rows: number) => {
      rowCount += rows;
    };
    await copyToPostgres({ file, url, clock: systemClock, onTable });
    const copySeconds = (performance.now() - start) / 1_000;

    for (const database of [`file:${file}`, url]) {
      const settings = buildProxySettings(evalon, { DATABASE_URL: database, LOG_LEVEL: 'error', COMPARISON: 'on' });
      proxies.push(await startProxyProcess(settings, { startTimeoutMs: START_TIMEOUT_MS }));
    }
    const random = createSeededRandom(seed);
    const { differences, responseCounts, medians } = await compareResponses(proxies, sessionCount, random);
    for (const difference of differences.slice(0, 10)) console.log(difference.slice(0, 1_000));
    console.log(`responses: ${JSON.stringify(responseCounts)}`);
    return [
      { what: 'seed', value: seed, unit: '' },
      { what: 'sessions', value: sessionCount, unit: '' },
      { what: 'copied rows', value: rowCount, unit: '' },
      { what: 'time to copy and compare', value: copySeconds, unit: 's' },
      { what: 'random requests', value: REQUESTS, unit: '' },
      { what: 'response time of SQLite, median', value: medians[0] ?? Number.NaN, unit: 'ms' },
      { what: 'response time of PostgreSQL, median', value: medians[1] ?? Number.NaN, unit: 'ms' },
      mustBeZero('requests with different responses', differences.length),
    ];
  } finally {
    for (const proxy of proxies) await proxy.kill('SIGKILL');
    await postgres.remove();
    await evalon.close();
    remove();
  }
}

/** Returns a random integer from 0 to `below - 1`. */
type PickBelow = (below: number) => number;
type Send = (recruiter: RecruiterClient) => Promise<ApiResponse>;

async function compareResponses(proxies: readonly ProxyProcess[], sessionCount: number, random: () => number) {
  const recruiters = await Promise.all(proxies.map(({ url }) => createRecruiterClient(url)));
  const pick: PickBelow = (below) => Math.floor(random() * below);
  const differences: string[] = [];
  const responseCounts: Record<string, number> = {};
  const times = proxies.map((): number[] => []);
  /** The ids in earlier responses. */
  const seen = { sessionUuids: ['unknown'], batchIds: ['unknown'] };
  for (let n = 0; n < REQUESTS; n++) {
    const [name, send] = pickRequest(pick, sessionCount, seen);
    const responses: ApiResponse[] = [];
    for (const [index, recruiter] of recruiters.entries()) {
      const start = performance.now();
      responses.push(await send(recruiter));
      times[index]?.push(performance.now() - start);
    }
    const [expected, copied] = responses.map(toComparable);
    if (!isDeepStrictEqual(expected, copied)) differences.push(`${name}: ${JSON.stringify([expected, copied])}`);
    const kind = `${name} ${expected?.status}`;
    responseCounts[kind] = (responseCounts[kind] ?? 0) + 1;
    for (const { session_uuid } of expected?.body.sessions ?? []) seen.sessionUuids.push(session_uuid);
    for (const { batch_id } of expected?.body.batches ?? []) seen.batchIds.push(batch_id);
  }
  return { differences, responseCounts, medians: times.map(median) };
}

function pickRequest(
  pick: PickBelow,
  sessionCount: number,
  { sessionUuids, batchIds }: { sessionUuids: string[]; batchIds: string[] },
): [name: string, send: Send] {
  const oneOf = <T>(values: readonly T[]): T => values[pick(values.length)] as T;
  const maybe = <T extends object>(value: T) => (pick(2) ? value : {});
  const number = 1 + pick(sessionCount);
  const path = `/v1/sessions/${oneOf(sessionUuids.slice(-RECENT_IDS))}`;
  const batchPath = `/v1/batches/${oneOf(batchIds.slice(-RECENT_IDS))}`;
  const filter = {
    ...maybe({ project_id: projectOf(number) }),
    ...maybe({ mine: true }),
    ...maybe({ assessment_type: oneOf(['marketing', 'sales']) }),
    ...maybe({ q: oneOf(['cand', String(number), `candidate ${pick(100)}`, emailOf(number)]) }),
    ...maybe({ status: SESSION_STATUSES.filter(() => pick(2)).slice(0, 1 + pick(3)) }),
  };
  const paging = { sort: oneOf(SESSION_SORTS), limit: 1 + pick(50) };
  const candidates = Array.from({ length: 1 + pick(20) }, () => ({ candidate_email: emailOf(1 + pick(sessionCount)) }));
  return oneOf<[string, Send]>([
    ['first page', (recruiter) => recruiter.list(filter, paging)],
    ['second page', (recruiter) => readSecondPage(recruiter, filter, paging)],
    ['candidates', (recruiter) => recruiter.query(...candidates)],
    ['session', (recruiter) => recruiter.get(path)],
    ['timeline', (recruiter) => recruiter.get(`${path}/timeline`)],
    ['scorecard', (recruiter) => recruiter.get(`${path}/scorecard`)],
    ['percentile', (recruiter) => recruiter.get(`${path}/standing`)],
    ['batches', (recruiter) => recruiter.get('/v1/batches')],
    ['batch', (recruiter) => recruiter.get(batchPath)],
  ]);
}

async function readSecondPage(recruiter: RecruiterClient, filter: object, paging: object): Promise<ApiResponse> {
  const first = await recruiter.list(filter, paging);
  return first.body.next ? recruiter.list(filter, { ...paging, after: first.body.next }) : first;
}

/**
 * Returns a response without the parts that always differ: the cursor, because each database has its own epoch, and a
 * timeline's `result_read` entries, because the requests themselves cause them.
 */
function toComparable({ status, body }: ApiResponse): Pick<ApiResponse, 'status' | 'body'> {
  const { cursor: _, entries, ...rest } = body;
  const isComparable = ({ type }: { type: string }) => type !== 'result_read';
  return { status, body: { ...rest, ...(entries && { entries: entries.filter(isComparable) }) } };
}
