import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import pg from 'pg';
import { isPostgresUrl } from '../../../proxy/config/database-url.ts';
import { startEventLog } from '../../support/event-log.ts';
import { toTestDatabase } from '../../support/test-database.ts';

const HOUR_MS = 60 * 60_000;
const MAX_EVENTS = 100_000;

/** Copies the first event in SQL, because appending 100,000 events through the store would take seconds. */
async function copyFirstEvent(file: string, copies: number): Promise<void> {
  const columns = 'type, topic, session_uuid, project_id, inviter_id, data, at, webhook_received_at';
  const statement = `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${copies})
    insert into events (${columns}) select ${columns} from numbers, events where seq = 1`;
  const database = await toTestDatabase(file);
  if (isPostgresUrl(database)) {
    const client = new pg.Client(database);
    await client.connect();
    await client.query(statement);
    await client.end();
  } else {
    const connection = new Database(database);
    connection.exec(statement);
    connection.close();
  }
}

describe('the event log', () => {
  it(`keeps at most ${MAX_EVENTS} events, and deletes even recent events for this limit`, async (test) => {
    const { file, clock, append, canResumeFrom } = await startEventLog(test);
    await append(1);
    await copyFirstEvent(file, MAX_EVENTS + 8);
    await append(1);
    assert.equal(await canResumeFrom(0), true);
    await clock.advance(HOUR_MS);
    // Of 100,010 events, the first ten are deleted.
    assert.equal(await canResumeFrom(9), false);
    assert.equal(await canResumeFrom(10), true);
  });
});
