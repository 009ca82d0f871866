/** Writes notes and links into an ATS that `ATS_HTTP` describes, with the request that `ATS_WRITE_BACK` describes. */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import type { NoteTarget } from '../config/write-back.ts';
import { resolveJsonPointer } from '../util/json-pointer.ts';
import { buildAuthHeaders, createCustomConnector, readTexts } from './custom-connector.ts';
import type { AtsFetch } from './http.ts';
import { createWriter, type Writer } from './writer.ts';

type Placeholder = 'application' | 'text' | 'link';
type Json = z.infer<ReturnType<typeof z.json>>;

export function createCustomWriter(
  config: NonNullable<AtsConfig['custom']>,
  { request, look: searchRequest }: Pick<NoteTarget, 'look'> & { request: NonNullable<NoteTarget['request']> },
  fetchAts: AtsFetch,
): Writer {
  const { ats, label = ats, ids } = config;
  // `ATS_WRITE_BACK` requires that `ATS_HTTP` has exactly one id.
  const [idName = ''] = Object.keys(ids);
  const { findCandidate, idsSchema } = createCustomConnector(config, fetchAts);
  const fillUrl = (url: string, id: string) => url.replaceAll('{application}', encodeURIComponent(id));

  return createWriter({
    ats,
    label,
    async findDestination(id, signal) {
      const parsed = idsSchema.safeParse({ [idName]: id });
      const candidate = parsed.success ? await findCandidate(parsed.data, signal) : undefined;
      const { applicationId, email } = candidate ?? {};
      if (applicationId === undefined) return undefined;
      return { applicationId, candidateId: applicationId, emails: email === undefined ? [] : [email] };
    },
    async countCopies({ applicationId }, { entry, marker }, signal) {
      if (!searchRequest) return undefined;
      const searchedText = entry.as === 'link' ? entry.url : marker;
      const response = await fetchAts({
        url: fillUrl(searchRequest.url, applicationId),
        headers: buildAuthHeaders(config),
        responseSchema: z.unknown(),
        signal,
      });
      const notes = [resolveJsonPointer(response, searchRequest.rows)].flat();
      const isCopy = (note: unknown) => readTexts(note, searchRequest.text).some((text) => text.includes(searchedText));
      return notes.filter(isCopy).length;
    },
    async send({ applicationId: application }, { entry }, signal) {
      if (entry.as !== 'note' && entry.as !== 'link') throw new Error(`cannot write a ${entry.as} into ${label}`);
      const values = {
        application,
        text: entry.as === 'note' ? entry.text : '',
        link: entry.as === 'link' ? entry.url : '',
      };
      const response = await fetchAts({
        url: fillUrl(request.url, application),
        method: request.method,
        headers: { ...buildAuthHeaders(config), 'content-type': 'application/json' },
        body: JSON.stringify(fillBody(request.body, values)),
        signal,
      });
      return response !== undefined;
    },
  });
}

/** Replaces the placeholders in the strings of a JSON value, but not in the inserted values. */
function fillBody(value: Json, values: Record<Placeholder, string>): Json {
  if (typeof value === 'string') {
    return value.replace(/\{(application|text|link)\}/g, (_, name: Placeholder) => values[name]);
  }
  if (Array.isArray(value)) return value.map((item) => fillBody(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillBody(item, values)]));
}
