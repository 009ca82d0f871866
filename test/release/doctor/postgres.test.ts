import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkPostgres } from '../../../proxy/doctor/postgres.ts';
import { openStore } from '../../../proxy/store/store.ts';
import { systemClock } from '../../../proxy/util/clock.ts';
import { createPostgresDatabase } from '../../support/postgres.ts';

const EVALON_URL = 'https://api.evalon.example';

describe('the doctor on PostgreSQL', () => {
  it('reports which Evalon URL the database belongs to, and that commits may be lost', async (test) => {
    const { url, drop } = await createPostgresDatabase();
    test.after(drop);
    const [ownership, risk] = await checkPostgres(url, EVALON_URL);
    assert.match(String(ownership?.message), /^database postgres:\/\/127\.0\.0\.1:\d+\/\w+ belongs to this Evalon$/);
    assert.equal(risk?.message, 'a crash of the database server loses acknowledged webhooks');
    await (await openStore(url, EVALON_URL, systemClock)).close();
    const [otherOwnership] = await checkPostgres(url, 'https://staging.evalon.example');
    assert.match(
      String(otherOwnership?.message),
      /belongs to https:\/\/api\.evalon\.example, not to https:\/\/staging/,
    );
  });

  it('does not warn about notifications that arrive', async (test) => {
    const { url, drop } = await createPostgresDatabase();
    test.after(drop);
    const results = await checkPostgres(url, EVALON_URL);
    assert.ok(!results.some(({ message }) => message.includes('notifications')));
  });

  it('reports a wrong password without showing it', async (test) => {
    const { url, drop } = await createPostgresDatabase();
    test.after(drop);
    const urlWithWrongPassword = Object.assign(new URL(url), { password: 'wrong-password' }).href;
    const [result] = await checkPostgres(urlWithWrongPassword, EVALON_URL);
    assert.equal(result?.level, 'fail');
    // PostgreSQL's code for a wrong password.
    assert.match(String(result?.message), /cannot be used \(28P01\)$/);
    assert.doesNotMatch(JSON.stringify(result), /wrong-password/);
  });
});
