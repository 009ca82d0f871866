/** Inspects a PostgreSQL database for the doctor, without changing it. */
import pg from 'pg';
import { describeUrl, getClientConfig } from './postgres-pool.ts';

export interface PostgresFacts {
  /** The address without user and password. */
  name: string;
  /** Such as 180004. */
  version: number;
  encoding: string;
  /** Whether the user may create tables, or owns those of the proxy. */
  canWrite: boolean;
  /** The Evalon that the database belongs to. */
  evalon?: string;
}

/** @throws what the client of PostgreSQL throws */
export async function inspectPostgres(url: string): Promise<PostgresFacts> {
  const client = new pg.Client(getClientConfig(url));
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query(`select current_setting('server_version_num')::int as version,
      current_setting('server_encoding') as encoding,
      has_schema_privilege(current_schema(), 'create') as "canWrite", to_regclass('meta') is not null as "hasTables"`);
    const { hasTables, ...facts } = rows[0];
    const meta = hasTables ? await client.query("select value from meta where key = 'evalon'") : undefined;
    return { name: describeUrl(url), ...facts, ...(meta?.rows[0] && { evalon: meta.rows[0].value }) };
  } finally {
    await client.end();
  }
}
