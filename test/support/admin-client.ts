/** Calls `/admin` with `ADMIN_TOKEN`, or runs `npm run admin`, as an administrator does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { assertDocumented } from './openapi-check.ts';
import { buildChildEnv, type Settings } from './proxy.ts';

export const ADMIN_TOKEN = 'the-admin-token-of-tests';
const ADMIN_CLI = join(import.meta.dirname, '../../proxy/cli/admin.ts');

// biome-ignore lint/suspicious/noExplicitAny: tests read responses of every shape
type Json = any;

export interface AdminClient {
  /** @param email limits the entries to one candidate. */
  readAuditLog(email?: string): Promise<Json[]>;
  /** Posts the body, and parses each line of the response as JSON. */
  readLines(path: string, body?: unknown): Promise<Json[]>;
  post(path: string, body: unknown): Promise<{ status: number; body: Json }>;
  /** Returns the explanation of a candidate's results. */
  explain(email: string): Promise<string>;
}

export function createAdminClient(url: string, token = ADMIN_TOKEN): AdminClient {
  async function postForText(path: string, body: unknown) {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { status, headers } = response;
    const text = await response.text();
    const isJson = headers.get('content-type')?.includes('json') && !headers.get('content-type')?.includes('ndjson');
    assertDocumented({ method: 'POST', path, status, headers, body: isJson ? JSON.parse(text) : text });
    return { status, text };
  }
  const client: AdminClient = {
    readAuditLog: (email) => client.readLines('/admin/audit', email === undefined ? {} : { candidate_email: email }),
    async readLines(path, body = {}) {
      const { text } = await postForText(path, body);
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Json);
    },
    async post(path, body) {
      const { status, text } = await postForText(path, body);
      return { status, body: JSON.parse(text) as Json };
    },
    explain: async (email) => (await postForText('/admin/export/explanation', { candidate_email: email })).text,
  };
  return client;
}

/**
 * Runs `npm run admin -- …` as a process.
 * @param input the text that the process reads from stdin.
 */
export async function runAdminCli(settings: Settings, args: string[], input = '') {
  const child = spawn(process.execPath, [ADMIN_CLI, ...args], { env: buildChildEnv(settings) });
  child.stdin.end(input);
  const [out, err] = await Promise.all([readText(child.stdout), readText(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, out, err };
}
