/** A fake of Greenhouse's Harvest v3, as far as a candidate is looked up: made from harvestdocs.greenhouse.io, nothing more. */
import type { TestContext } from 'node:test';
import { encodeBasicAuth, type FakeServer, startFakeServer } from './server.ts';

export interface FakeGreenhouse extends FakeServer {
  candidates: Record<string, unknown>[];
  applications: Record<string, unknown>[];
  clientSecret: string;
  /** Seconds that its tokens last. */
  lifetime: number;
  /** Those that are taken; what it hands out is added. */
  tokens: Set<string>;
  settings: Record<string, string>;
}

const CLIENT_ID = 'greenhouse-client';

export async function startFakeGreenhouse(test: Pick<TestContext, 'after'>): Promise<FakeGreenhouse> {
  let made = 0;
  const server = await startFakeServer(test, ({ method, path, headers, body }) => {
    const { pathname, searchParams } = new URL(path, 'http://fake');
    if (method === 'POST' && pathname === '/token') {
      if (headers.authorization !== encodeBasicAuth(CLIENT_ID, fake.clientSecret)) return { status: 401, body: {} };
      if (new URLSearchParams(body).get('grant_type') !== 'client_credentials') return { status: 400, body: {} };
      const token = `greenhouse-token-${++made}`;
      fake.tokens.add(token);
      return { body: { access_token: token, token_type: 'Bearer', expires_in: fake.lifetime } };
    }
    if (!fake.tokens.has(headers.authorization?.replace('Bearer ', '') ?? '')) return { status: 401, body: {} };
    const among = (name: string) => searchParams.get(name)?.split(',');
    const listed = (rows: Record<string, unknown>[], name: string, field: string) => {
      const wanted = among(name);
      return wanted ? rows.filter((row) => wanted.includes(String(row[field]))) : rows;
    };
    if (pathname === '/v3/candidates') return { body: listed(fake.candidates, 'ids', 'id') };
    if (pathname === '/v3/applications') {
      return { body: listed(listed(fake.applications, 'ids', 'id'), 'candidate_ids', 'candidate_id') };
    }
    return undefined;
  });
  const fake: FakeGreenhouse = Object.assign(server, {
    candidates: [],
    applications: [],
    clientSecret: 'greenhouse-canary-secret',
    lifetime: 3_600,
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
