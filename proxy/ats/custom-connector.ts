/** An ATS that IT has described: one GET, and where its answer has what. Who does not repeat the ids that were asked for is nobody. */
import { z } from 'zod';
import type { DeclaredConnector } from '../config/custom-connector.ts';
import type { Ids } from '../contract/page-address.ts';
import { basic, type Connector, kindSchema, personOf } from './connector.ts';
import type { Ask } from './http.ts';

export function createDeclared(declared: DeclaredConnector & { secret: string }, ask: Ask): Connector {
  const { ats, label = ats, ids: known, rows, application, email, name, jobs = [] } = declared;
  const shapes = Object.entries(known).map(([id, { kind }]) => [id, kindSchema(kind)] as const);

  function isAskedFor(row: unknown, ids: Ids): boolean {
    return Object.entries(known).every(([id, { at }]) => {
      const [value, ...more] = at === undefined ? [] : textsAt(row, at);
      return at === undefined || (value === ids[id] && !more.length);
    });
  }

  return {
    ats,
    label,
    ids: z.strictObject(Object.fromEntries(shapes)),
    async find(ids, signal) {
      const answer = await ask({
        url: declared.url.replace(/\{(\w+)\}/g, (_, id: string) => encodeURIComponent(ids[id] ?? '')),
        headers: credentials(declared),
        answer: z.unknown(),
        signal,
      });
      const found = valueAt(answer, rows);
      const [row, ...more] = (Array.isArray(found) ? found : [found]).filter((one) => isAskedFor(one, ids));
      if (row === undefined || more.length) return undefined;
      return personOf({
        application: application === undefined ? undefined : textsAt(row, application)[0],
        emails: textsAt(row, email),
        name: name.flatMap((pointer) => textsAt(row, pointer)).join(' '),
        jobs: jobs.flatMap((pointer) => textsAt(row, pointer)),
      });
    },
  };
}

function credentials({ auth, secret }: DeclaredConnector & { secret: string }): Record<string, string> {
  if (auth.type === 'header') return { [auth.name]: secret };
  if (auth.type === 'bearer') return { authorization: `Bearer ${secret}` };
  return { authorization: auth.user === undefined ? basic(secret, '') : basic(auth.user, secret) };
}

/** The value that a JSON pointer (RFC 6901) leads to, or undefined. */
export function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((within, part) => {
      const holds = typeof within === 'object' && within !== null && Object.hasOwn(within, part);
      return holds ? (within as Record<string, unknown>)[part] : undefined;
    }, value);
}

/** Text and numbers there, also those of a list. */
function textsAt(value: unknown, pointer: string): string[] {
  return [valueAt(value, pointer)]
    .flat()
    .filter((one) => (typeof one === 'string' && one !== '') || Number.isSafeInteger(one))
    .map(String);
}
