/**
 * Compares a proxy with 1,000 stored sessions to one with 1,000,000. In both, 30 % of the sessions are open. Measures
 * the start, requests, webhooks, one tick of each job, and a minute of all jobs. Rounds alternate between both proxies.
 * `GROWTH_SESSIONS` sets the larger number.
 */
import { join } from 'node:path';
import { SESSION_SORTS } from '../../proxy/contract/list.ts';
import { createRecruiterClient, JANE, type RecruiterClient } from '../support/api-client.ts';
import { startEvalon, type TestEvalon } from '../support/evalon.ts';
import { createLargeDatabase, emailOf, projectOf } from '../support/large-database.ts';
import {
  buildProxySettings,
  createTempFolder,
  type ProxyProcess,
  startProxyProcess,
  webhookUrl,
} from '../support/proxy.ts';
import { createSeededRandom } from '../support/seeded-random.ts';
import { type BenchResult, measureMs, median } from './figures.ts';
import { LONGEST_STATEMENT, measureJobs } from './growth-jobs.ts';

const FEW = 1_000;
const MANY = Number(process.env['GROWTH_SESSIONS'] ?? 1_000_000);
/** The fraction of the sessions that are not finished. */
const OPEN_SHARE = 0.3;
const SEED = 1;
const WARM_UP_STARTS = 2;
const STARTS = 9;
const WARM_UP_ROUNDS = 3;
const ROUNDS = 21;
const JOB_ROUNDS = 5;
const START_TIMEOUT_MS = 60_000;
/** The highest acceptable ratio of a time with many sessions to the time with few. */
const MAX_RATIO = 1.5;
const MAX_STATEMENT_MS = 20;
const METRICS_TOKEN = 'the-metrics-token-of-benchmarks';
const REPLAYED_EVENTS = 50;
/** The length of an inbox page. Both databases have this many sessions of the recruiter. */
const INBOX_ROWS = 50;

/** A proxy with its own database and its own simulated Evalon. */
interface Setup {
  sessionCount: number;
  evalon: TestEvalon;
  settings: ReturnType<typeof buildProxySettings>;
  proxy: ProxyProcess;
}

/** Milliseconds, by the name of what took so long. */
type Figures = Record<string, number>;

export async function measureGrowth(): Promise<BenchResult[]> {
  const { folder, remove } = createTempFolder();
  const setups: Setup[] = [];
  try {
    for (const sessionCount of [FEW, MANY]) setups.push(await startSetup(folder, sessionCount));
    const starts = await measureStarts(setups);
    const requests = await measureRequests(setups);
    for (const { proxy } of setups) await proxy.kill();
    const jobs = await measureAllJobs(setups);
    const [few, many] = setups.map((_, index) => ({
      'start-up': starts[index] ?? Number.NaN,
      ...requests[index],
      ...jobs[index],
    }));
    return compare(few ?? {}, many ?? {});
  } finally {
    for (const { proxy, evalon } of setups) {
      await proxy.kill('SIGKILL');
      await evalon.close();
    }
    remove();
  }
}

async function startSetup(folder: string, sessionCount: number): Promise<Setup> {
  const evalon = await startEvalon();
  const file = join(folder, `${sessionCount}.db`);
  const generationMs = await measureMs(() =>
    createLargeDatabase(file, {
      evalonUrl: evalon.url,
      sessionCount,
      openSessionCount: sessionCount * OPEN_SHARE,
      seed: SEED,
    }),
  );
  console.log(`generated ${sessionCount} sessions in ${(generationMs / 1_000).toFixed(1)} s`);
  const changes = { DATABASE_URL: `file:${file}`, LOG_LEVEL: 'warn', METRICS_TOKEN, COMPARISON: 'on' };
  const settings = buildProxySettings(evalon, changes);
  const proxy = await startProxyProcess(settings, { startTimeoutMs: START_TIMEOUT_MS });
  evalon.webhookUrl = webhookUrl(proxy.url);
  return { sessionCount, evalon, settings, proxy };
}

/** Returns the median milliseconds of a start, for each setup. */
async function measureStarts(setups: readonly Setup[]): Promise<number[]> {
  const samples = setups.map((): number[] => []);
  for (let round = 0; round < WARM_UP_STARTS + STARTS; round++) {
    for (const [index, setup] of setups.entries()) {
      await setup.proxy.kill();
      const ms = await measureMs(async () => {
        setup.proxy = await startProxyProcess(setup.settings, { startTimeoutMs: START_TIMEOUT_MS });
      });
      if (round >= WARM_UP_STARTS) samples[index]?.push(ms);
      setup.evalon.webhookUrl = webhookUrl(setup.proxy.url);
    }
  }
  return samples.map(median);
}

/** Returns the median milliseconds of each kind of request, for each setup. */
async function measureRequests(setups: readonly Setup[]): Promise<Figures[]> {
  const samples = setups.map(() => new Map<string, number[]>());
  const prepared = await Promise.all(setups.map(prepareRequests));
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    for (const name of Object.keys(prepared[0] ?? {})) {
      for (const [index, requests] of prepared.entries()) {
        const ms = await measureMs(() => requests[name]?.(round) ?? Promise.resolve());
        const values = samples[index]?.get(name) ?? [];
        if (round >= WARM_UP_ROUNDS) samples[index]?.set(name, [...values, ms]);
      }
    }
  }
  return samples.map((bySetup) => Object.fromEntries([...bySetup].map(([name, values]) => [name, median(values)])));
}

/** Returns the median milliseconds of each figure of the jobs, for each setup. */
async function measureAllJobs(setups: readonly Setup[]): Promise<Figures[]> {
  const rounds = setups.map((): Figures[] => []);
  for (let round = 0; round < JOB_ROUNDS; round++) {
    for (const [index, { evalon, settings }] of setups.entries())
      rounds[index]?.push(await measureJobs(evalon, settings));
  }
  return rounds.map((figures) => {
    const names = Object.keys(figures[0] ?? {});
    return Object.fromEntries(names.map((name) => [name, median(figures.map((round) => round[name] ?? Number.NaN))]));
  });
}

/** Returns functions that each send one kind of request, by its name. */
async function prepareRequests({ proxy, evalon, sessionCount }: Setup) {
  const recruiter = await createRecruiterClient(proxy.url);
  const random = createSeededRandom(SEED);
  const candidates = Array.from({ length: 500 }, () => ({
    candidate_email: emailOf(1 + Math.floor(random() * sessionCount)),
  }));
  const recruiterOfThreeProjects = await createRecruiterClient(proxy.url, { projects: [1, 2, 3].map(projectOf) });
  const liveStream = await recruiter.openFilterStream({ mine: true });
  const { body: seenSession } = await recruiter.invite({ ...JANE, candidate_email: 'seen@example.com' });
  const completedId = (await recruiter.list({ status: 'completed' }, { limit: 1 })).body.sessions[0].session_uuid;
  const { cursor } = (await recruiter.query(JANE)).body;
  const [epoch, newest] = String(cursor).split('.');
  const replayCursor = `${epoch}.${Math.max(Number(newest) - REPLAYED_EVENTS, 0)}`;
  const expectStatus = async (response: Promise<{ status: number }>, status = 200) => {
    const { status: actual } = await response;
    if (actual !== status) throw new Error(`a request returned ${actual} instead of ${status}`);
  };
  const list = (client: RecruiterClient, filter: object, paging: object) => () =>
    expectStatus(client.list(filter, paging));
  const sendWebhook = (event: string) =>
    expectStatus(
      fetch(evalon.webhookUrl ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ event, session_uuid: seenSession.session_uuid }),
      }),
      202,
    );
  const replay = async (open: () => ReturnType<RecruiterClient['openFilterStream']>) => {
    const stream = await open();
    await stream.waitForFrame(({ event }) => event === 'session');
    stream.close();
  };
  const lists = Object.fromEntries(
    SESSION_SORTS.flatMap((sort) => [
      [`list page by ${sort}, all projects`, list(recruiter, {}, { sort })],
      [`list page by ${sort}, three projects`, list(recruiterOfThreeProjects, {}, { sort })],
      [`list page by ${sort}, one project`, list(recruiter, { project_id: projectOf(1) }, { sort })],
      [
        `list page by ${sort}, one assessment of a project`,
        list(recruiter, { project_id: projectOf(1), assessment_type: 'marketing' }, { sort }),
      ],
      [`search of many by ${sort}, one project`, list(recruiter, { project_id: projectOf(1), q: 'cand' }, { sort })],
      [
        `search of few by ${sort}, one project`,
        list(recruiter, { project_id: projectOf(1), q: 'candidate-21@' }, { sort }),
      ],
    ]),
  );
  const requests: Record<string, (round: number) => Promise<void>> = {
    invite: (round) => expectStatus(recruiter.invite({ ...JANE, candidate_email: `new-${round}@example.com` }), 201),
    'query of 500 candidates': () => expectStatus(recruiter.query(...candidates)),
    ...lists,
    inbox: list(recruiter, { mine: true, status: ['completed', 'invited'] }, { limit: INBOX_ROWS }),
    timeline: () => expectStatus(recruiter.get(`/v1/sessions/${completedId}/timeline`)),
    scorecard: () => expectStatus(recruiter.get(`/v1/sessions/${completedId}/scorecard`)),
    percentile: () => expectStatus(recruiter.get(`/v1/sessions/${completedId}/standing`)),
    'webhook until its 202': (round) => sendWebhook(`session.seen_a${round}`),
    async 'webhook until its frame'(round) {
      await sendWebhook(`session.seen_b${round}`);
      await liveStream.waitForFrame(({ data }) => data.last_event === `session.seen_b${round}`);
    },
    async 'completion until its frame'(round) {
      const session = evalon.findSession(`new-${round}@example.com`, JANE.project_id);
      await evalon.completeSession(session?.session_uuid ?? '');
      await liveStream.waitForFrame(
        ({ data }) => data.session_uuid === session?.session_uuid && data.status === 'completed',
      );
    },
    'replay of a project': () =>
      replay(() => recruiter.openFilterStream({ project_id: JANE.project_id }, replayCursor)),
    'replay of 500 candidates': () =>
      replay(() =>
        recruiter.openStream([{ candidate_email: 'seen@example.com' }, ...candidates.slice(1)], replayCursor),
      ),
    healthz: () => expectStatus(recruiter.get('/healthz')),
    metrics: () =>
      expectStatus(fetch(`${proxy.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })),
  };
  return requests;
}

/** Returns the figures of both proxies, and their ratios. Also prints them as the table of docs/reliability.md. */
function compare(few: Figures, many: Figures): BenchResult[] {
  const names = Object.keys(few);
  console.log(`| | 1,000 | ${MANY.toLocaleString('en')} | ratio |\n| --- | --- | --- | --- |`);
  for (const name of names) {
    const [small = Number.NaN, large = Number.NaN] = [few[name], many[name]];
    console.log(`| ${name} | ${small.toFixed(2)} ms | ${large.toFixed(2)} ms | ${(large / small).toFixed(2)} |`);
  }
  return names.flatMap((name): BenchResult[] => {
    const [small = Number.NaN, large = Number.NaN] = [few[name], many[name]];
    const both: BenchResult[] = [
      { name: `${name}, ${FEW} sessions`, value: small, unit: 'ms' },
      { name: `${name}, ${MANY} sessions`, value: large, unit: 'ms' },
    ];
    // The longest statement depends on a single disk read. So its time has a bound, but its ratio has none.
    if (name === LONGEST_STATEMENT) return both.map((figure) => ({ ...figure, bound: MAX_STATEMENT_MS }));
    return [...both, { name: `${name}, ratio`, value: large / small, unit: 'x', bound: MAX_RATIO }];
  });
}
