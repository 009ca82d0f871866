/** Whoever holds `ADMIN_TOKEN`, calling `/admin`. */
import { problemSchema } from '../../proxy/contract/problem.ts';

export const ADMIN_TOKEN = 'the-admin-token-of-tests';

// biome-ignore lint/suspicious/noExplicitAny: tests look into entries of every shape
type Entry = any;

export interface Administrator {
  /** The record, of one candidate only where one is named. */
  audit(email?: string): Promise<Entry[]>;
  post(path: string, body: unknown): Promise<{ status: number; body: Entry }>;
}

export function administratorAt(url: string, token = ADMIN_TOKEN): Administrator {
  async function ask(path: string, body: unknown) {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  }
  return {
    async audit(email) {
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
