/** Whoever holds `ADMIN_TOKEN`, calling `/admin`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { problemSchema } from '../../proxy/contract/problem.ts';
import { buildChildEnv, type Settings } from './proxy.ts';

export const ADMIN_TOKEN = 'the-admin-token-of-tests';
const ADMIN = join(import.meta.dirname, '../../proxy/cli/admin.ts');

// biome-ignore lint/suspicious/noExplicitAny: tests look into entries of every shape
type Entry = any;

export interface AdminClient {
  /** The record, of one candidate only where one is named. */
  readAuditLog(email?: string): Promise<Entry[]>;
  post(path: string, body: unknown): Promise<{ status: number; body: Entry }>;
}

export function createAdminClient(url: string, token = ADMIN_TOKEN): AdminClient {
  async function ask(path: string, body: unknown) {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  }
  return {
    async readAuditLog(email) {
      const { text } = await ask('/admin/audit', email === undefined ? {} : { candidate_email: email });
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Entry);
    },
    async post(path, body) {
      const { status, text } = await ask(path, body);
      const answer = JSON.parse(text) as Entry;
      if (status >= 400) problemSchema.parse(answer);
      return { status, body: answer };
    },
  };
}

/** Runs `npm run admin -- …` as a process and answers what came of it. */
export async function runAdminCli(settings: Settings, args: string[], input = '') {
  const child = spawn(process.execPath, [ADMIN, ...args], { env: buildChildEnv(settings) });
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, out, err };
}
