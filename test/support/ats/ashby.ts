/** A fake of Ashby's API for looking up candidates and applications, written from developers.ashbyhq.com. */
import type { TestContext } from 'node:test';
import { encodeBasicAuth, type FakeServer, startFakeServer } from './server.ts';

export interface FakeAshby extends FakeServer {
  candidates: Record<string, unknown>[];
  applications: Record<string, unknown>[];
  /** The settings that connect a proxy to this fake. */
  settings: Record<string, string>;
}

const KEY = 'ashby-canary-key';

export async function startFakeAshby(test: Pick<TestContext, 'after'>): Promise<FakeAshby> {
  const server = await startFakeServer(test, ({ method, path, headers, body }) => {
    if (headers.authorization !== encodeBasicAuth(KEY)) return { status: 403, body: { success: false } };
    if (method !== 'POST') return undefined;
    const { id, applicationId } = JSON.parse(body);
    const rows = { '/candidate.info': fake.candidates, '/application.info': fake.applications }[path];
    const found = rows?.find((row) => row['id'] === (id ?? applicationId));
    return rows && { body: found ? { success: true, results: found } : { success: false, errors: ['not_found'] } };
  });
  const fake: FakeAshby = Object.assign(server, {
    candidates: [],
    applications: [],
    settings: { ATS_ASHBY_KEY: KEY, ATS_ASHBY_URL: server.url },
  });
  return fake;
}
