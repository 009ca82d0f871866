/** A fake of Lever's API for looking up opportunities, written from hire.lever.co/developer/documentation. */
import type { TestContext } from 'node:test';
import { encodeBasicAuth, type FakeServer, startFakeServer } from './server.ts';

export const LEVER_KEY = 'lever-canary-key';

export interface FakeLever extends FakeServer {
  opportunities: Record<string, unknown>[];
  key: string;
  /** The settings that connect a proxy to this fake. */
  settings: Record<string, string>;
}

export async function startFakeLever(test: Pick<TestContext, 'after'>): Promise<FakeLever> {
  const server = await startFakeServer(test, ({ method, path, headers }) => {
    const { pathname, searchParams } = new URL(path, 'http://fake');
    if (headers.authorization !== encodeBasicAuth(fake.key)) return { status: 401, body: { code: 'Unauthorized' } };
    const id = /^\/v1\/opportunities\/([^/]+)$/.exec(pathname)?.[1];
    const found = method === 'GET' && fake.opportunities.find((opportunity) => opportunity['id'] === id);
    if (!found) return { status: 404, body: { code: 'ResourceNotFound', message: `${id}` } };
    const applications = found['applications'] as { id: string }[];
    const isExpanded = searchParams.getAll('expand').includes('applications');
    return { body: { data: isExpanded ? found : { ...found, applications: applications.map(({ id }) => id) } } };
  });
  const fake: FakeLever = Object.assign(server, {
    opportunities: [],
    key: LEVER_KEY,
    settings: { ATS_LEVER_KEY: LEVER_KEY, ATS_LEVER_URL: `${server.url}/v1` },
  });
  return fake;
}
