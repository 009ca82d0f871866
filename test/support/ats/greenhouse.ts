/** A fake of Greenhouse's Harvest v3 for looking up candidates, written from harvestdocs.greenhouse.io. */
import type { TestContext } from 'node:test';
import { encodeBasicAuth, type FakeServer, startFakeServer } from './server.ts';

export interface FakeGreenhouse extends FakeServer {
  candidates: Record<string, unknown>[];
  applications: Record<string, unknown>[];
  clientSecret: string;
  tokenTtlSeconds: number;
  /** The valid tokens. Issued tokens are added. */
  tokens: Set<string>;
  /** The settings that connect a proxy to this fake. */
  settings: Record<string, string>;
}

const CLIENT_ID = 'greenhouse-client';

export async function startFakeGreenhouse(test: Pick<TestContext, 'after'>): Promise<FakeGreenhouse> {
  let issuedTokens = 0;
  const server = await startFakeServer(test, ({ method, path, headers, body }) => {
    const { pathname, searchParams } = new URL(path, 'http://fake');
    if (method === 'POST' && pathname === '/token') {
      if (headers.authorization !== encodeBasicAuth(CLIENT_ID, fake.clientSecret)) return { status: 401, body: {} };
      if (new URLSearchParams(body).get('grant_type') !== 'client_credentials') return { status: 400, body: {} };
      const token = `greenhouse-token-${++issuedTokens}`;
      fake.tokens.add(token);
      return { body: { access_token: token, token_type: 'Bearer', expires_in: fake.tokenTtlSeconds } };
    }
    if (!fake.tokens.has(headers.authorization?.replace('Bearer ', '') ?? '')) return { status: 401, body: {} };
    const filterBy = (rows: Record<string, unknown>[], parameter: string, field: string) => {
      const values = searchParams.get(parameter)?.split(',');
      return values ? rows.filter((row) => values.includes(String(row[field]))) : rows;
    };
    if (pathname === '/v3/candidates') return { body: filterBy(fake.candidates, 'ids', 'id') };
    if (pathname === '/v3/applications') {
      return { body: filterBy(filterBy(fake.applications, 'ids', 'id'), 'candidate_ids', 'candidate_id') };
    }
    return undefined;
  });
  const fake: FakeGreenhouse = Object.assign(server, {
    candidates: [],
    applications: [],
    clientSecret: 'greenhouse-canary-secret',
    tokenTtlSeconds: 3_600,
    tokens: new Set<string>(),
    settings: {
      ATS_GREENHOUSE_CLIENT_ID: CLIENT_ID,
      ATS_GREENHOUSE_CLIENT_SECRET: 'greenhouse-canary-secret',
      ATS_GREENHOUSE_URL: `${server.url}/v3`,
      ATS_GREENHOUSE_TOKEN_URL: `${server.url}/token`,
    },
  });
  return fake;
}
