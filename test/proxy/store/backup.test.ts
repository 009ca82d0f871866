/** Takes backups under load and during erasures, and restores them. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { downloadBackup } from '../../../proxy/cli/download-backup.ts';
import { ADMIN_TOKEN, createAdminClient, runAdminCli } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { findFreePort } from '../../support/free-port.ts';
import { startTinyDisk, TINY_DISK_SKIP_REASON } from '../../support/full-disk.ts';
import { serve } from '../../support/http-server.ts';
import {
  buildProxySettings,
  createTempFolder,
  startProxy,
  startProxyProcess,
  webhookUrl,
} from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

const JANE_QUERY = { candidate_email: JANE.candidate_email, project_id: JANE.project_id };
/** The name of a copy of the database, from which the proxy sends the backup. */
const COPY_NAME = /copying/;

function createFolder(test: TestContext): string {
  const { folder, remove } = createTempFolder();
  test.after(remove);
  return folder;
}

/** Replaces the database with a backup, and removes the write-ahead log. */
function restore(folder: string, backup: string): void {
  for (const name of ['-wal', '-shm', '']) rmSync(join(folder, `evalon.db${name}`), { force: true });
  renameSync(backup, join(folder, 'evalon.db'));
}

function requestBackup(url: string, token = ADMIN_TOKEN): Promise<Response> {
  return fetch(`${url}/admin/backup`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
}

describe('a backup', () => {
  it('taken under load contains every webhook that was acknowledged before the backup, and a restore invalidates newer cursors', async (test) => {
    const folder = createFolder(test);
    const evalon = await startEvalon();
    test.after(() => evalon.close());
    const changes = { DATABASE_URL: `file:${folder}/evalon.db`, ADMIN_TOKEN, PORT: String(await findFreePort()) };
    const settings = buildProxySettings(evalon, changes);
    const proxy = await startProxyProcess(settings);
    test.after(() => proxy.kill('SIGKILL'));
    const recruiter = await createRecruiterClient(proxy.url);
    const { session_uuid } = (await recruiter.invite()).body;
    const acknowledged: string[] = [];
    let isDone = false;
    async function load(worker: number): Promise<void> {
      for (let n = 0; !isDone; n++) {
        const event = `session.seen_${worker}_${n}`;
        const body = JSON.stringify({ event, session_uuid });
        const { status } = await fetch(webhookUrl(proxy.url), { method: 'POST', body });
        assert.equal(status, 202);
        acknowledged.push(event);
        if (n % 10) continue;
        assert.equal((await recruiter.invite({ candidate_email: `${worker}-${n}@example.com` })).status, 201);
      }
    }
    const loads = Promise.all([1, 2].map(load));
    await waitFor(() => acknowledged.length > 50);
    const acknowledgedBefore = acknowledged.slice();
    const backup = join(folder, 'backup.db');
    await downloadBackup(backup, () => requestBackup(proxy.url));
    const countAfter = acknowledged.length;
    await waitFor(() => acknowledged.length > countAfter + 20);
    isDone = true;
    await loads;
    const { cursor } = (await recruiter.query(JANE_QUERY)).body;
    await proxy.kill('SIGKILL');

    if (process.platform !== 'win32') assert.equal(statSync(backup).mode & 0o777, 0o600);
    assert.deepEqual(
      readdirSync(folder).filter((name) => COPY_NAME.test(name) || name.endsWith('.partial')),
      [],
    );
    restore(folder, backup);
    const restored = await startProxy(evalon, changes);
    test.after(() => restored.close());
    const database = new Database(`${folder}/evalon.db`, { readonly: true });
    const events = database.prepare('select event from webhooks').pluck().all() as string[];
    database.close();
    assert.deepEqual(
      acknowledgedBefore.filter((event) => !events.includes(event)),
      [],
    );
    assert.ok(events.length < acknowledged.length);
    assert.equal((await recruiter.query(JANE_QUERY)).body.sessions[0].session_uuid, session_uuid);

    // New events reach the sequence number of the old cursor again. Then, only the cursor's epoch shows that the cursor
    // is invalid.
    const readSeq = (text: string) => Number(text.split('.')[1]);
    const countMissing = async () => readSeq(cursor) - readSeq((await recruiter.query(JANE_QUERY)).body.cursor);
    for (let n = await countMissing(); n >= 0; n--) {
      const body = JSON.stringify({ event: `session.restored_${n}`, session_uuid });
      assert.equal((await fetch(webhookUrl(proxy.url), { method: 'POST', body })).status, 202);
    }
    await waitFor(async () => (await countMissing()) < 0);
    const stream = await recruiter.openStream([JANE_QUERY], cursor);
    await stream.ended;
    assert.deepEqual(
      stream.frames.map(({ event }) => event),
      ['reset'],
    );
  });

  it('lacks later completions, which the proxy gets from Evalon after a restore', async (test) => {
    const folder = createFolder(test);
    const evalon = await startEvalon();
    const settings = { DATABASE_URL: `file:${folder}/evalon.db`, ADMIN_TOKEN };
    const proxy = await startProxy(evalon, settings);
    const recruiter = await createRecruiterClient(proxy.url);
    const { session_uuid } = (await recruiter.invite()).body;
    const backup = join(folder, 'backup.db');
    const { file, discard } = await proxy.context.backup({ iss: 'test', sub: 'administrator' });
    writeFileSync(backup, readFileSync(file));
    await discard();
    assert.equal(await evalon.completeSession(session_uuid), 202);
    await waitFor(async () => (await recruiter.get(`/v1/sessions/${session_uuid}`)).body.status === 'completed');
    await proxy.close();

    restore(folder, backup);
    const clock = createTestClock({ startMs: Date.now() });
    const restored = await startProxy(evalon, settings, clock);
    test.after(async () => {
      await restored.close();
      await evalon.close();
    });
    const restoredRecruiter = await createRecruiterClient(restored.url);
    const readStatus = async () => (await restoredRecruiter.get(`/v1/sessions/${session_uuid}`)).body.status;
    assert.equal(await readStatus(), 'invited');
    await clock.advance(60_000);
    await waitFor(async () => (await readStatus()) === 'completed');
  });

  it('and a concurrent erasure both succeed, and no file contains the erased name', async (test) => {
    const folder = createFolder(test);
    const { proxy, recruiter } = await startStack(test, { settings: { DATABASE_URL: `file:${folder}/evalon.db` } });
    const { backup, eraseCandidates: erase, store } = proxy.context;
    const by = { iss: 'test', sub: 'administrator' };
    for (const first of ['backup', 'erasure']) {
      await recruiter.invite({ candidate_email: 'ximena@example.com', candidate_name: 'Ximena' });
      const takeBackup = async () => (await backup(by)).discard();
      const eraseCandidate = () => erase(['ximena@example.com'], by);
      await Promise.all(first === 'backup' ? [takeBackup(), eraseCandidate()] : [eraseCandidate(), takeBackup()]);
      assert.equal(await store.read(({ pendingVacuum }) => pendingVacuum.isSet()), false);
      for (const name of readdirSync(folder)) {
        assert.doesNotMatch(name, COPY_NAME);
        assert.doesNotMatch(readFileSync(join(folder, name), 'latin1'), /ximena/i, name);
      }
    }
  });

  it('is audited, requires the admin token, and is refused for a database in memory', async (test) => {
    const folder = createFolder(test);
    const { proxy } = await startStack(test, { settings: { ADMIN_TOKEN, DATABASE_URL: `file:${folder}/evalon.db` } });
    const { proxy: inMemory } = await startStack(test, { settings: { ADMIN_TOKEN } });
    assert.equal((await requestBackup(proxy.url, 'another-token-of-tests')).status, 401);
    const response = await requestBackup(proxy.url);
    const head = Buffer.from(await response.arrayBuffer()).subarray(0, 15);
    assert.deepEqual([response.status, head.toString()], [200, 'SQLite format 3']);
    const entries = await createAdminClient(proxy.url).readAuditLog();
    assert.deepEqual(
      entries.map(({ actor, action }) => `${actor ?? 'anonymous'} ${action}`),
      ['anonymous refused', 'administrator backed_up'],
    );
    await waitFor(() => !readdirSync(folder).some((name) => COPY_NAME.test(name)));
    const refused = await requestBackup(inMemory.url);
    assert.deepEqual([refused.status, ((await refused.json()) as { code: string }).code], [409, 'conflict']);
  });

  it('is refused if it would fill the disk that the proxy writes to', {
    skip: TINY_DISK_SKIP_REASON,
  }, async (test) => {
    const disk = await startTinyDisk(test, '32m');
    const evalon = await startEvalon();
    test.after(() => evalon.close());
    const settings = buildProxySettings(evalon, { DATABASE_URL: `file:${disk.mountPath}/evalon.db`, ADMIN_TOKEN });
    const proxy = await startProxyProcess(settings, { commandPrefix: disk.commandPrefix });
    test.after(() => proxy.kill('SIGKILL'));
    const { status, body } = await createAdminClient(proxy.url).post('/admin/backup', {});
    assert.deepEqual([status, body.code], [503, 'unavailable']);
    assert.match(body.detail, /too little free space/);
    assert.deepEqual(
      readdirSync(disk.hostPath).filter((name) => COPY_NAME.test(name)),
      [],
    );
  });

  it('that a crash has interrupted is removed at the next start, without changes to other files', async (test) => {
    const folder = createFolder(test);
    const partial = ['evalon.db.copying-0123456789ab', 'evalon.db.copying-0123456789ab-journal'];
    const others = ['evalon.db.backup', 'evalon.db.copying-mine', 'other.db.copying-0123456789ab'];
    for (const name of [...partial, ...others]) writeFileSync(join(folder, name), 'x');
    await startStack(test, { settings: { DATABASE_URL: `file:${folder}/evalon.db` } });
    for (const name of partial) assert.equal(existsSync(join(folder, name)), false, name);
    for (const name of others) assert.equal(existsSync(join(folder, name)), true, name);
  });
});

describe('the backup command', () => {
  /** Starts a server that announces this digest and length, sends four bytes, and then breaks the connection. */
  function startSender(test: TestContext, digest: string, contentLength: number): Promise<string> {
    return serve(test, (_request, response) => {
      response.writeHead(200, { 'content-length': contentLength, 'repr-digest': digest });
      response.write('half');
      setImmediate(() => response.destroy());
    });
  }

  it('leaves no file after an incomplete or damaged download', async (test) => {
    const folder = createFolder(test);
    // The server sends four bytes. The first download is incomplete, and the second does not match its digest.
    for (const contentLength of [8, 4]) {
      const url = await startSender(test, 'sha-256=:AAAA:', contentLength);
      await assert.rejects(downloadBackup(join(folder, 'backup.db'), () => fetch(url)));
      assert.deepEqual(readdirSync(folder), []);
    }
  });

  it('overwrites no file, and explains why it cannot create a file', async (test) => {
    const folder = createFolder(test);
    const file = join(folder, 'evalon.db');
    writeFileSync(file, 'precious');
    const unreachable = () => Promise.reject(new Error('unreachable'));
    await assert.rejects(downloadBackup(file, unreachable), /already exists/);
    assert.equal(readFileSync(file, 'utf8'), 'precious');
    await assert.rejects(downloadBackup(join(folder, 'no', 'folder.db'), unreachable), /ENOENT/);
    await assert.rejects(downloadBackup(join(folder, 'new.db'), unreachable), /unreachable/);
    assert.deepEqual(readdirSync(folder), ['evalon.db']);
  });

  it('writes a copy of the database, and requires the name of a new file', async (test) => {
    const folder = createFolder(test);
    const { proxy } = await startStack(test, { settings: { ADMIN_TOKEN, DATABASE_URL: `file:${folder}/evalon.db` } });
    const backup = join(folder, 'backup.db');
    const { code, out, err } = await runAdminCli({ ADMIN_TOKEN, PORT: new URL(proxy.url).port }, ['backup', backup]);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^Backed up to /);
    assert.match(readFileSync(backup, 'latin1'), /^SQLite format 3/);
    const usageError = 64;
    assert.equal((await runAdminCli({ ADMIN_TOKEN, PORT: '9' }, ['backup'])).code, usageError);
  });
});
