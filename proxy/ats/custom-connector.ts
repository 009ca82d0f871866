/** The connector that IT configures with `ATS_HTTP`. It accepts only a row that repeats the requested ids. */
import { z } from 'zod';
import type { CustomConnector } from '../config/custom-connector.ts';
import type { AtsIds } from '../contract/page-address.ts';
import { resolveJsonPointer } from '../util/json-pointer.ts';
import { buildBasicAuthHeader, type Connector, createAtsIdSchema, toAtsCandidate } from './connector.ts';
import type { AtsFetch } from './http.ts';

/** Such as `{application}` in the configured URL. */
const ID_PLACEHOLDER = /\{(\w+)\}/g;

export function createCustomConnector(config: CustomConnector & { secret: string }, fetchAts: AtsFetch): Connector {
  const { ats, label = ats, ids: idConfigs } = config;
  const { rows: rowsPointer, application: applicationPointer, email: emailPointer } = config;
  const { name: namePointers, jobs: jobPointers = [] } = config;
  const idSchemas = Object.entries(idConfigs).map(([id, { kind }]) => [id, createAtsIdSchema(kind)] as const);

  /** Returns whether the row contains each requested id for which IT configured a pointer (`at`). */
  function repeatsIds(row: unknown, ids: AtsIds): boolean {
    return Object.entries(idConfigs).every(([id, { at: pointer }]) => {
      if (pointer === undefined) return true;
      const values = readTexts(row, pointer);
      return values.length === 1 && values[0] === ids[id];
    });
  }

  return {
    ats,
    label,
    idsSchema: z.strictObject(Object.fromEntries(idSchemas)),
    async findCandidate(ids, signal) {
      const response = await fetchAts({
        url: config.url.replace(ID_PLACEHOLDER, (_, id: string) => encodeURIComponent(ids[id] ?? '')),
        headers: buildAuthHeaders(config),
        responseSchema: z.unknown(),
        signal,
      });
      const matchingRows = [resolveJsonPointer(response, rowsPointer)].flat().filter((row) => repeatsIds(row, ids));
      if (matchingRows.length !== 1) return undefined;
      const [row] = matchingRows;
      return toAtsCandidate({
        applicationId: applicationPointer === undefined ? undefined : readTexts(row, applicationPointer)[0],
        emails: readTexts(row, emailPointer),
        name: namePointers.flatMap((pointer) => readTexts(row, pointer)).join(' '),
        jobIds: jobPointers.flatMap((pointer) => readTexts(row, pointer)),
      });
    },
  };
}

export function buildAuthHeaders({ auth, secret }: CustomConnector & { secret: string }): Record<string, string> {
  if (auth.type === 'header') return { [auth.name]: secret };
  if (auth.type === 'bearer') return { authorization: `Bearer ${secret}` };
  return {
    authorization: auth.user === undefined ? buildBasicAuthHeader(secret) : buildBasicAuthHeader(auth.user, secret),
  };
}

/** Returns the non-empty strings and integers at the pointer, which may lead to one value or to a list. */
export function readTexts(value: unknown, pointer: string): string[] {
  return [resolveJsonPointer(value, pointer)]
    .flat()
    .filter((item) => (typeof item === 'string' && item !== '') || Number.isSafeInteger(item))
    .map(String);
}
