/** An ATS that IT has described: one GET, and where its answer has what. Who does not repeat the ids that were asked for is nobody. */
import { z } from 'zod';
import type { CustomConnector } from '../config/custom-connector.ts';
import type { AtsIds } from '../contract/page-address.ts';
import { basicAuthHeader, type Connector, createIdSchema, toAtsCandidate } from './connector.ts';
import type { AtsFetch } from './http.ts';

export function createCustomConnector(declared: CustomConnector & { secret: string }, ask: AtsFetch): Connector {
  const { ats, label = ats, ids: known, rows, application, email, name, jobs = [] } = declared;
  const shapes = Object.entries(known).map(([id, { kind }]) => [id, createIdSchema(kind)] as const);

  function isAskedFor(row: unknown, ids: AtsIds): boolean {
    return Object.entries(known).every(([id, { at }]) => {
      const [value, ...more] = at === undefined ? [] : readTexts(row, at);
      return at === undefined || (value === ids[id] && !more.length);
    });
  }

  return {
    ats,
    label,
    idsSchema: z.strictObject(Object.fromEntries(shapes)),
    async findCandidate(ids, signal) {
      const answer = await ask({
        url: declared.url.replace(/\{(\w+)\}/g, (_, id: string) => encodeURIComponent(ids[id] ?? '')),
        headers: buildAuthHeaders(declared),
        responseSchema: z.unknown(),
        signal,
      });
      const found = resolveJsonPointer(answer, rows);
      const [row, ...more] = (Array.isArray(found) ? found : [found]).filter((one) => isAskedFor(one, ids));
      if (row === undefined || more.length) return undefined;
      return toAtsCandidate({
        application: application === undefined ? undefined : readTexts(row, application)[0],
        emails: readTexts(row, email),
        name: name.flatMap((pointer) => readTexts(row, pointer)).join(' '),
        jobs: jobs.flatMap((pointer) => readTexts(row, pointer)),
      });
    },
  };
}

function buildAuthHeaders({ auth, secret }: CustomConnector & { secret: string }): Record<string, string> {
  if (auth.type === 'header') return { [auth.name]: secret };
  if (auth.type === 'bearer') return { authorization: `Bearer ${secret}` };
  return { authorization: auth.user === undefined ? basicAuthHeader(secret, '') : basicAuthHeader(auth.user, secret) };
}

/** The value that a JSON pointer (RFC 6901) leads to, or undefined. */
export function resolveJsonPointer(value: unknown, pointer: string): unknown {
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
function readTexts(value: unknown, pointer: string): string[] {
  return [resolveJsonPointer(value, pointer)]
    .flat()
    .filter((one) => (typeof one === 'string' && one !== '') || Number.isSafeInteger(one))
    .map(String);
}
