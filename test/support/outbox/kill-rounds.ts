/** Repeatedly kills a proxy with SIGKILL while it writes into ATSs that respond slowly, wrongly or not at all. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ADMIN_TOKEN, createAdminClient } from '../admin-client.ts';
import { createRecruiterClient } from '../api-client.ts';
import { APPLICATION_IDS, ATS_NAMES, buildAtsSettings, startSimulatedAtss } from '../ats/simulated.ts';
import { startEvalon } from '../evalon.ts';
import { waitFor } from '../eventually.ts';
import { findFreePort } from '../free-port.ts';
import { buildProxySettings, createTempFolder, startProxyProcess, webhookUrl } from '../proxy.ts';
import { createSeededRandom } from '../seeded-random.ts';
import { checkWrites, type ListedWrite, type WritesReport, type WrittenSession } from './check-writes.ts';
import { injectRandomFault, PEOPLE } from './load.ts';

export interface OutboxKillOptions {
  rounds: number;
  seed: number;
  log?: (line: string) => void;
}

const SESSIONS_PER_ROUND = 3;
/** The longest time between new load and the kill. */
const MAX_LIFE_MS = 2_500;
/** The longest time between a write's arrival at an ATS and the kill. */
const MAX_WRITE_MS = 60;
/** Longer than the lease of a row that a killed process had claimed, and than the longest backoff. */
const DELIVERY_TIMEOUT_MS = 40 * 60_000;
const START_TIMEOUT_MS = 120_000;
/** The longest time until the proxy accepts a request. It is long, because the proxy spends most of it starting. */
const REQUEST_TIMEOUT_MS = 30 * 60_000;
const PROJECT_ID = 'proj_abc123';

export async function runOutboxKillRounds(options: OutboxKillOptions): Promise<WritesReport> {
  const { rounds, seed, log = () => {} } = options;
  const random = createSeededRandom(seed);
  const { folder, remove } = createTempFolder();
  const ends: (() => void)[] = [];
  const atss = await startSimulatedAtss({ after: (end) => void ends.push(end as () => void) }, Date, PEOPLE);
  const evalon = await startEvalon();
  const settings = buildProxySettings(evalon, {
    ...buildAtsSettings(atss.connectors),
    // Without `look`, the proxy cannot check whether Workday already has a note, and must report possible duplicates.
    ATS_WRITE_BACK: JSON.stringify(atss.writeBack.map((target) => ({ ...target, look: undefined }))),
    ADMIN_TOKEN,
    DATABASE_URL: `file:${folder}/evalon.db`,
    PORT: String(await findFreePort()),
    LOG_LEVEL: 'error',
  });
  const start = () => startProxyProcess(settings, { startTimeoutMs: START_TIMEOUT_MS });
  let proxy = await start();
  const { url } = proxy;
  const sessions: WrittenSession[] = [];
  const running: Promise<void>[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      for (let n = 0; n < SESSIONS_PER_ROUND; n++) running.push(runSession(round * SESSIONS_PER_ROUND + n));
      for (const ats of ATS_NAMES) injectRandomFault(atss.apis[ats], random);
      const isWriting = random() < 0.5 && (await waitForWrite());
      await sleep(random() * (isWriting ? MAX_WRITE_MS : MAX_LIFE_MS));
      await proxy.kill('SIGKILL');
      proxy = await start();
      log(`round ${round + 1} of ${rounds}: killed ${isWriting ? 'during a write' : 'at a random moment'}`);
    }
    for (const { faults } of Object.values(atss.apis)) faults.clear();
    await Promise.all(running);
    log('all candidates have finished');
    const admin = createAdminClient(url);
    const listWrites = () => admin.readLines('/admin/writes') as Promise<ListedWrite[]>;
    const isFinished = async () => (await listWrites()).every(({ state }) => state !== 'pending');
    await waitFor(isFinished, { timeoutMs: DELIVERY_TIMEOUT_MS, intervalMs: 5_000 });
    return checkWrites(sessions, await listWrites(), atss.records);
  } finally {
    await proxy.kill('SIGKILL');
    await evalon.close();
    for (const end of ends) end();
    remove();
  }

  /** Invites a candidate, who then finishes. Repeats each request until the proxy accepts it. */
  async function runSession(index: number): Promise<void> {
    const ats = ATS_NAMES[index % ATS_NAMES.length] ?? 'lever';
    const { email, name } = PEOPLE[index] ?? { email: '', name: '' };
    const invite = {
      candidate_email: email,
      candidate_name: name,
      project_id: PROJECT_ID,
      ats,
      application_id: APPLICATION_IDS[ats](index),
    };
    const session_uuid = await retry(async () => {
      const { status, body } = await (await createRecruiterClient(url)).invite(invite);
      return (status === 200 || status === 201) && (body.session_uuid as string);
    });
    sessions.push({ session_uuid, ats, index });
    await sleep(random() * MAX_LIFE_MS);
    await evalon.completeSession(session_uuid, { notify: false });
    const event = { event: 'session.completed', session_uuid };
    await retry(async () => (await evalon.sendWebhook(event, { url: webhookUrl(url) })) === 202);
  }

  async function retry<T>(request: () => Promise<T>) {
    return waitFor(request, { timeoutMs: REQUEST_TIMEOUT_MS, intervalMs: 200 });
  }

  /** Returns whether a write arrived at an ATS in time. */
  async function waitForWrite(): Promise<boolean> {
    const count = () =>
      Object.values(atss.apis).reduce(
        (sum, { requests }) => sum + requests.filter(({ kind }) => kind === 'write').length,
        0,
      );
    const before = count();
    return waitFor(() => count() > before, { timeoutMs: MAX_LIFE_MS, intervalMs: 2 }).catch(() => false);
  }
}
