/** Backups taken under load and while candidates are erased, and what is so after one was put in place. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { ADMIN_TOKEN, createAdminClient, runAdminCli } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { startTinyDisk, TINY_DISK_SKIP_REASON } from '../../support/full-disk.ts';
import {
  buildProxySettings,
  createTempFolder,
  findFreePort,
  startProxy,
  startProxyProcess,
  webhookUrl,
} from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

const ROW = { candidate_email: JANE.candidate_email, project_id: JANE.project_id };
const COPYING = /copying/;

function newFolder(test: TestContext): string {
  const { folder, remove } = createTempFolder();
  test.after(remove);
  return folder;
}

/** Puts a backup in the place of the database: its write-ahead log must go, too. */
function restore(folder: string, backup: string): void {
  for (const name of ['-wal', '-shm', '']) rmSync(join(folder, `evalon.db${name}`), { force: true });
  renameSync(backup, join(folder, 'evalon.db'));
}

describe('a backup', () => {
  it('taken under load holds all that was acknowledged before it, and a cursor from after it is answered with reset', async (test) => {
    const folder = newFolder(test);
    const evalon = await startEvalon();
    test.after(() => evalon.close());
    const settings = buildProxySettings(evalon, {
      DATABASE_URL: `file:${folder}/evalon.db`,
      ADMIN_TOKEN,
      PORT: String(await findFreePort()),
    });
    const proxy = await startProxyProcess(settings);
    test.after(() => proxy.kill('SIGKILL'));
    const page = await createRecruiterClient(proxy.url);
    const { session_uuid } = (await page.invite()).body;
    const acknowledged: string[] = [];
    let isOver = false;
    async function load(worker: number): Promise<void> {
      for (let n = 0; !isOver; n++) {
        const event = `session.seen_${worker}_${n}`;
        const body = JSON.stringify({ event, session_uuid });
        const { status } = await fetch(webhookUrl(proxy.url), { method: 'POST', body });
        assert.equal(status, 202);
        acknowledged.push(event);
        if (n % 10) continue;
        assert.equal((await page.invite({ candidate_email: `${worker}-${n}@example.com` })).status, 201);
      }
    }
    const loads = Promise.all([1, 2].map(load));
    await waitFor(() => acknowledged.length > 100);
    const before = acknowledged.slice();
    const backup = join(folder, 'backup.db');
    const taken = await runAdminCli(settings, ['backup', backup]);
    assert.deepEqual([taken.code, taken.err], [0, '']);
    const after = acknowledged.length;
    await waitFor(() => acknowledged.length > after + 50);
    isOver = true;
    await loads;
    const { cursor } = (await page.query(ROW)).body;
    await proxy.kill('SIGKILL');

    if (process.platform !== 'win32') assert.equal(statSync(backup).mode & 0o777, 0o600);
    assert.deepEqual(
      readdirSync(folder).filter((name) => COPYING.test(name) || name.endsWith('.partial')),
      [],
    );
    restore(folder, backup);
    const restored = await startProxyProcess(settings);
    test.after(() => restored.kill('SIGKILL'));
    const held = new Database(`${folder}/evalon.db`, { readonly: true });
    const events = held.prepare('select event from webhooks').pluck().all() as string[];
    held.close();
    assert.deepEqual(
      before.filter((event) => !events.includes(event)),
      [],
    );
    assert.ok(events.length < acknowledged.length);
    assert.equal((await page.query(ROW)).body.sessions[0].session_uuid, session_uuid);

    // The new log reaches beyond the old cursor: by its number alone it would be taken for a place in this one.
    const again = acknowledged.map(async (event) => {
      const body = JSON.stringify({ event: `${event}_again`, session_uuid });
      assert.equal((await fetch(webhookUrl(proxy.url), { method: 'POST', body })).status, 202);
    });
    await Promise.all(again);
    const numberOf = (text: string) => Number(text.split('.')[1]);
    await waitFor(async () => numberOf((await page.query(ROW)).body.cursor) > numberOf(cursor));
    const stream = await page.openStream([ROW], cursor);
    await stream.ended;
    assert.deepEqual(
      stream.frames.map(({ event }) => event),
      ['reset'],
    );
  });

  it('finds by asking what was completed after it, though that webhook is gone', async (test) => {
    const folder = newFolder(test);
    const evalon = await startEvalon();
    const settings = { DATABASE_URL: `file:${folder}/evalon.db`, ADMIN_TOKEN };
    const proxy = await startProxy(evalon, settings);
    const page = await createRecruiterClient(proxy.url);
    const { session_uuid } = (await page.invite()).body;
    const backup = join(folder, 'backup.db');
    const { file, discard } = await proxy.context.backup({ iss: 'test', sub: 'administrator' });
    writeFileSync(backup, readFileSync(file));
    await discard();
    assert.equal(await evalon.completeSession(session_uuid), 202);
    await waitFor(async () => (await page.get(`/v1/sessions/${session_uuid}`)).body.status === 'completed');
    await proxy.close();

    restore(folder, backup);
    const clock = createTestClock(Date.now());
    const restored = await startProxy(evalon, settings, clock);
    test.after(async () => {
      await restored.close();
      await evalon.close();
    });
    const again = await createRecruiterClient(restored.url);
    const status = async () => (await again.get(`/v1/sessions/${session_uuid}`)).body.status;
    assert.equal(await status(), 'invited');
    await clock.advance(60_000);
    await waitFor(async () => (await status()) === 'completed');
  });

  it('and an erasure at the same time take turns: both succeed, and no trace is left beside the database', async (test) => {
    const folder = newFolder(test);
    const { proxy, page } = await startStack(test, { settings: { DATABASE_URL: `file:${folder}/evalon.db` } });
    const { backup, eraseCandidates: erase, store } = proxy.context;
    const by = { iss: 'test', sub: 'administrator' };
    for (const first of ['backup', 'erasure']) {
      await page.invite({ candidate_email: 'ximena@example.com', candidate_name: 'Ximena' });
      const take = async () => (await backup(by)).discard();
      const remove = () => erase(['ximena@example.com'], by);
      await Promise.all(first === 'backup' ? [take(), remove()] : [remove(), take()]);
      assert.equal(await store.read(({ pendingVacuum: traces }) => traces.isSet()), false);
      for (const name of readdirSync(folder)) {
        assert.doesNotMatch(name, COPYING);
        assert.doesNotMatch(readFileSync(join(folder, name), 'latin1'), /ximena/i, name);
      }
    }
  });

  it('is recorded, is for the administrator only, and is none where there is no file', async (test) => {
    const folder = newFolder(test);
    const { proxy } = await startStack(test, { settings: { ADMIN_TOKEN, DATABASE_URL: `file:${folder}/evalon.db` } });
    const { proxy: unfiled } = await startStack(test, { settings: { ADMIN_TOKEN } });
    const ask = (url: string, token: string) =>
      fetch(`${url}/admin/backup`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    assert.equal((await ask(proxy.url, 'another-token-of-tests')).status, 401);
    const answer = await ask(proxy.url, ADMIN_TOKEN);
    const head = Buffer.from(await answer.arrayBuffer()).subarray(0, 15);
    assert.deepEqual([answer.status, head.toString()], [200, 'SQLite format 3']);
    const record = await createAdminClient(proxy.url).readAuditLog();
    assert.deepEqual(
      record.map(({ actor, action }) => `${actor ?? 'nobody'} ${action}`),
      ['nobody refused', 'administrator backed_up'],
    );
    await waitFor(() => !readdirSync(folder).some((name) => COPYING.test(name)));
    const refused = await ask(unfiled.url, ADMIN_TOKEN);
    assert.deepEqual([refused.status, ((await refused.json()) as { code: string }).code], [409, 'conflict']);
  });

  it('is refused where it would fill the disk that the proxy writes to', {
    skip: TINY_DISK_SKIP_REASON,
  }, async (test) => {
    const disk = await startTinyDisk(test, '32m');
    const evalon = await startEvalon();
    test.after(() => evalon.close());
    const settings = buildProxySettings(evalon, { DATABASE_URL: `file:${disk.mountPath}/evalon.db`, ADMIN_TOKEN });
    const proxy = await startProxyProcess(settings, { inside: disk.commandPrefix });
    test.after(() => proxy.kill('SIGKILL'));
    const { status, body } = await createAdminClient(proxy.url).post('/admin/backup', {});
    assert.deepEqual([status, body.code], [503, 'unavailable']);
    assert.match(body.detail, /too little free space/);
    assert.deepEqual(
      readdirSync(disk.hostPath).filter((name) => COPYING.test(name)),
      [],
    );
  });

  it('that a crash broke off leaves nothing once the proxy starts again, and nobody else’s file is touched', async (test) => {
    const folder = newFolder(test);
    const mine = ['evalon.db.copying-0123456789ab', 'evalon.db.copying-0123456789ab-journal'];
    const others = ['evalon.db.backup', 'evalon.db.copying-mine', 'other.db.copying-0123456789ab'];
    for (const name of [...mine, ...others]) writeFileSync(join(folder, name), 'x');
    await startStack(test, { settings: { DATABASE_URL: `file:${folder}/evalon.db` } });
    for (const name of mine) assert.equal(existsSync(join(folder, name)), false, name);
    for (const name of others) assert.equal(existsSync(join(folder, name)), true, name);
  });
});

describe('the backup command', () => {
  /** What claims to be a proxy, and sends this. */
  async function sender(test: TestContext, digest: string, length: number) {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-length': length, 'repr-digest': digest });
      response.write('half');
      setImmediate(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    test.after(() => server.close());
    return { ADMIN_TOKEN, PORT: String((server.address() as AddressInfo).port) };
  }

  it('leaves no file where the copy breaks off or is another than was sent', async (test) => {
    const folder = newFolder(test);
    const file = join(folder, 'backup.db');
    for (const length of [8, 4]) {
      const { code, err } = await runAdminCli(await sender(test, 'sha-256=:AAAA:', length), ['backup', file]);
      assert.equal(code, 1);
      assert.notEqual(err, '');
      assert.deepEqual(readdirSync(folder), []);
    }
  });

  it('writes over nothing, and names what is wrong with a folder', async (test) => {
    const folder = newFolder(test);
    const file = join(folder, 'evalon.db');
    writeFileSync(file, 'precious');
    const nowhere = { ADMIN_TOKEN, PORT: '9' };
    assert.match((await runAdminCli(nowhere, ['backup', file])).err, /already exists/);
    assert.equal(readFileSync(file, 'utf8'), 'precious');
    assert.match((await runAdminCli(nowhere, ['backup', join(folder, 'no', 'folder.db')])).err, /ENOENT/);
    assert.match((await runAdminCli(nowhere, ['backup', join(folder, 'new.db')])).err, /Is it running there/);
    assert.deepEqual(readdirSync(folder), ['evalon.db']);
    assert.equal((await runAdminCli(nowhere, ['backup'])).code, 64);
  });
});
