/** The connections to PostgreSQL. The time to connect and the time to respond are limited. */
import { isIP } from 'node:net';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg, { type ClientConfig, type PoolClient } from 'pg';
import { PostgresError } from './postgres-errors.ts';

const MAX_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5_000;
/** Longer than the server's timeouts (postgres-dialect.ts), which end a statement but keep the connection. */
const RESPONSE_TIMEOUT_MS = 15_000;
/** PostgreSQL's type number of `bigint`. */
const INT8 = 20;

type QueryResult = { command: 'SELECT'; rowCount: number; rows: unknown[] };

export function getClientConfig(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'evalon-proxy',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: RESPONSE_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: CONNECT_TIMEOUT_MS,
    types: { getTypeParser },
  };
}

/** The database's URL, without user and password. */
export function describeUrl(url: string): string {
  const { host, port, database } = new pg.Client({ connectionString: url });
  return `postgres://${isIP(host) === 6 ? `[${host}]` : host}:${port}/${database ?? ''}`;
}

export function createPool(url: string, responseTimeoutMs = RESPONSE_TIMEOUT_MS): PostgresPool {
  const pool = new pg.Pool({ ...getClientConfig(url), query_timeout: responseTimeoutMs, max: MAX_CONNECTIONS });
  // The next query on a broken connection fails. Without a listener, the broken connection would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw new PostgresError(error);
      });
      return wrapClient(client);
    },
    end: () => pool.end(),
  };
}

/** Maps the errors of a connection, and discards the connection after a failure. */
function wrapClient(client: PoolClient): PostgresPoolClient {
  let failure: PostgresError | undefined;

  async function query(sql: string, parameters: readonly unknown[]): Promise<QueryResult> {
    if (failure) throw failure;
    try {
      const result: unknown = await client.query(sql, parameters.map(replaceNul));
      // A query with several statements has one result for each statement.
      return (Array.isArray(result) ? result.at(-1) : result) as QueryResult;
    } catch (cause) {
      const error = new PostgresError(cause);
      if (error.isConnectionFailure) failure = error;
      throw error;
    }
  }

  return {
    query: query as PostgresPoolClient['query'],
    release: (discard) => client.release(discard || failure !== undefined),
  };
}

/** Replaces NUL characters, which PostgreSQL cannot store. */
export function replaceNul(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
}

/** Reads `bigint` as a number: ids and counts are below 2^53. */
function getTypeParser(type: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return type === INT8 ? Number : (pg.types.getTypeParser(type, format as 'text') as (value: string) => unknown);
}
