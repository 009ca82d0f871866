/** Inspects a PostgreSQL database for the doctor, without changing it. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { describeUrl, getClientConfig } from './postgres-pool.ts';

const NOTIFICATION_TIMEOUT_MS = 1_000;
const TEST_CHANNEL = 'evalon_doctor';

export interface PostgresFacts {
  /** The URL without user and password. */
  name: string;
  /** The server's version number, such as 180004. */
  version: number;
  encoding: string;
  isReplica: boolean;
  /** Whether the user may create tables. */
  canCreate: boolean;
  /** Whether the user may read the server's identity, which the epoch of the cursors needs. */
  canReadIdentity: boolean;
  /** Whether each commit waits until a standby has it. */
  waitsForStandby: boolean;
  /** Whether commits survive a crash of the server. */
  isDurable: boolean;
  /** Whether notifications arrive. A pooler in transaction mode does not deliver notifications. */
  deliversNotifications: boolean;
  /** Round-trip time of a short query. */
  latencyMs: number;
  /** Milliseconds by which the server's clock is ahead of this machine's. */
  clockAheadMs: number;
  /** The Evalon that the database belongs to: a base URL, or `sandbox`. */
  evalon?: string;
}

/** @throws what the PostgreSQL client throws */
export async function inspectPostgres(url: string): Promise<PostgresFacts> {
  const [client, sender] = [createClient(url), createClient(url)];
  try {
    await Promise.all([client.connect(), sender.connect()]);
    const { rows } = await client.query(`select current_setting('server_version_num')::int as version,
      current_setting('server_encoding') as encoding, pg_is_in_recovery() as "isReplica",
      has_schema_privilege(current_schema(), 'create') as "canCreate",
      has_function_privilege('pg_control_system()', 'execute') as "canReadIdentity",
      current_setting('synchronous_standby_names') <> '' as "waitsForStandby",
      current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off' as "isDurable",
      to_regclass('meta') is not null as "hasTables"`);
    const { hasTables, ...facts } = rows[0];
    const meta = hasTables ? await client.query("select value from meta where key = 'evalon'") : undefined;
    return {
      name: describeUrl(url),
      ...facts,
      ...(await measureLatencyAndClock(client)),
      deliversNotifications: await deliversNotifications(client, sender),
      ...(meta?.rows[0] && { evalon: meta.rows[0].value }),
    };
  } finally {
    await Promise.all([client.end(), sender.end()]);
  }
}

function createClient(url: string): pg.Client {
  return new pg.Client(getClientConfig(url)).on('error', () => {});
}

async function measureLatencyAndClock(client: pg.Client): Promise<Pick<PostgresFacts, 'latencyMs' | 'clockAheadMs'>> {
  const startedAt = Date.now();
  const { rows } = await client.query('select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now');
  const latencyMs = Date.now() - startedAt;
  return { latencyMs, clockAheadMs: rows[0].now - startedAt - latencyMs / 2 };
}

async function deliversNotifications(listener: pg.Client, sender: pg.Client): Promise<boolean> {
  const arrived = new Promise<boolean>((resolve) => void listener.on('notification', () => resolve(true)));
  await listener.query(`listen ${TEST_CHANNEL}`);
  await sender.query(`notify ${TEST_CHANNEL}`);
  return Promise.race([arrived, sleep(NOTIFICATION_TIMEOUT_MS, false, { ref: false })]);
}
