/** Nodes of two releases side by side, as during a deployment. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { createMigrations } from '../../../proxy/store/migrations/migrations.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { buildTestRelease } from '../../support/nodes/test-release.ts';
import { createPostgresDatabase } from '../../support/postgres.ts';
import { buildProxySettings, startProxyProcess, webhookUrl } from '../../support/proxy.ts';

const JANE_ROW = { candidate_email: JANE.candidate_email };
/** The names of this release's migration steps. The types of the columns do not matter. */
const OWN_STEPS = Object.keys(createMigrations({ autoIncrement: '', text: '' }));
/** A step of the next release. Its name sorts after all steps of this release. */
const NEXT_STEP = '8888-next';
const MIGRATIONS = join(import.meta.dirname, '../../../proxy/store/migrations');

/** @param worksWith the newest step of the oldest release that works next to the built release. */
function buildRelease(test: TestContext, stepName: string, worksWith: string): string {
  const release = buildTestRelease(stepName, worksWith);
  test.after(release.remove);
  return release.main;
}

async function prepare(test: TestContext) {
  const evalon = await startEvalon();
  const database = await createPostgresDatabase();
  const settings = buildProxySettings(evalon, { DATABASE_URL: database.url });
  const cleanups: (() => Promise<unknown>)[] = [];
  test.after(async () => {
    for (const cleanUp of cleanups) await cleanUp();
    await evalon.close();
    await database.drop();
  });
  return {
    evalon,
    /** @param main the entry point of another release */
    async start(main?: string) {
      const node = await startProxyProcess(settings, { startTimeoutMs: 60_000, ...(main && { main }) });
      cleanups.push(() => node.kill('SIGKILL'));
      return { ...node, recruiter: await createRecruiterClient(node.url) };
    },
  };
}

describe('a node of the previous release', () => {
  it('continues when the next release has migrated the database, and starts again', async (test) => {
    const { evalon, start } = await prepare(test);
    const old = await start();
    const { session_uuid } = (await old.recruiter.invite()).body;
    const { cursor } = (await old.recruiter.query(JANE_ROW)).body;
    const next = await start(buildRelease(test, NEXT_STEP, String(OWN_STEPS.at(-1))));

    const streams = [await old.recruiter.openStream([JANE_ROW], cursor), await next.recruiter.openStream([JANE_ROW])];
    const send = (event: string, url: string) => evalon.sendWebhook({ event, session_uuid }, { url: webhookUrl(url) });
    assert.equal(await send('session.opened', old.url), 202);
    for (const stream of streams) await stream.waitForFrame(({ data }) => data.status === 'opened');
    assert.equal(await send('session.started', next.url), 202);
    for (const stream of streams) await stream.waitForFrame(({ data }) => data.status === 'started');
    assert.equal((await old.recruiter.invite({ candidate_email: 'new@example.com' })).status, 201);
    for (const stream of streams) stream.close();

    await old.kill('SIGKILL');
    const restarted = await start();
    assert.equal((await restarted.recruiter.query(JANE_ROW)).body.sessions[0].status, 'started');
    assert.equal((await restarted.recruiter.invite({ candidate_email: 'newer@example.com' })).status, 201);
  });
});

describe('a node of an older release', () => {
  it('refuses to start when an incompatible newer release has migrated the database', async (test) => {
    const { start } = await prepare(test);
    await start(buildRelease(test, '9999-after-next', NEXT_STEP));
    await assert.rejects(start(), /exited with 78: .*a newer release may have written it/s);
  });
});

describe('the migration steps after the first', () => {
  const steps = readdirSync(MIGRATIONS).filter((name) => /^\d{4}-/.test(name) && !name.startsWith('0001-'));

  for (const step of steps) {
    it(`${step} only adds, so that nodes of the previous release continue`, () => {
      const text = readFileSync(join(MIGRATIONS, step), 'utf8');
      assert.doesNotMatch(text, /\b(drop|rename|delete from|alter column|add constraint|create unique)\b/i);
      const columns = text.match(/\badd column\b[^`'"]*/gi) ?? [];
      for (const column of columns) assert.ok(!/not null/i.test(column) || /default/i.test(column), column);
    });
  }
});
