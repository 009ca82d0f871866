/**
 * Every function of the proxy that processes untrusted text, and texts that are hostile to parsers and regular
 * expressions.
 */
import type { Request, RequestHandler, Response } from 'express';
import { isAccessToken } from '../../proxy/auth/access-token.ts';
import { list, origin, template } from '../../proxy/config/setting-types.ts';
import { batchRequestSchema, idempotencyKeySchema } from '../../proxy/contract/batch.ts';
import { adaptersSchema } from '../../proxy/contract/built-in-page-adapters.ts';
import { isEmail, normalizeId, normalizeName, toCandidateKey } from '../../proxy/contract/candidate.ts';
import { sessionQuerySchema } from '../../proxy/contract/list.ts';
import { extractIds, isUrlOnHost } from '../../proxy/contract/page-address.ts';
import { resolveRequestSchema } from '../../proxy/contract/resolve.ts';
import { inviteSchema } from '../../proxy/contract/session.ts';
import { eventsRequestSchema } from '../../proxy/contract/stream.ts';
import { errorFromStatus } from '../../proxy/evalon/errors.ts';
import { foldKey } from '../../proxy/evalon/folded-keys.ts';
import { extractErrorDetail } from '../../proxy/evalon/response.ts';
import { hideSession } from '../../proxy/evalon/response-parser.ts';
import { parseLink } from '../../proxy/evalon/values/link.ts';
import { parseScore } from '../../proxy/evalon/values/score.ts';
import { isFinishedWord, parseStatus } from '../../proxy/evalon/values/status.ts';
import {
  parseEmail,
  parseHeading,
  parseLine,
  parseProse,
  parseSessionUuid,
  parseText,
  parseWord,
} from '../../proxy/evalon/values/text.ts';
import { parseTime } from '../../proxy/evalon/values/time.ts';
import { cleanForwardedFor } from '../../proxy/http/forwarded-for.ts';
import { parseJsonBody } from '../../proxy/http/json-body.ts';
import { renderSignInPage } from '../../proxy/http/sso-page.ts';
import { parseBody } from '../../proxy/http/validate.ts';
import { html } from '../../proxy/sandbox/html.ts';
import { ProxyError } from '../../proxy/util/errors.ts';
import { parseRetryAfter } from '../../proxy/util/http-response.ts';
import { isNestedTooDeep, parseJson } from '../../proxy/util/json.ts';
import { redact } from '../../proxy/util/redact.ts';
import { decodeText } from '../../proxy/util/text-file.ts';
import { decodeBody } from '../../proxy/webhooks/parse-body.ts';
import { JANE } from './api-client.ts';
import { readBatch, readScorecard, readSession, readWebhook } from './evalon-messages.ts';

/** Ignores the errors with which the proxy refuses a text. */
function attempt(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ProxyError || error instanceof SyntaxError)) throw error;
  }
}

function callWithHeader(handler: RequestHandler | undefined, name: string, text: string): void {
  const headers: Record<string, string> = { [name]: text };
  const request = { headers, get: (header: string) => headers[header] } as unknown as Request;
  attempt(() => handler?.(request, {} as Response, () => {}));
}

/** A hostile text, and values of about the same length that are built from it. */
export interface HostileInput {
  text: string;
  keys: object;
  /** `keys` and an ATS, as the ids of a lookup. Created before the test, because copying many keys is not linear. */
  ids: object;
  /** Separate objects with the same keys, because the parser of Evalon's messages caches the keys of each object. */
  messages: Record<'scorecard' | 'session' | 'batch' | 'webhook', object>;
  items: string[];
  words: string[];
  bytes: Buffer;
  /** The text as a JSON string, cut to the text's length, because some characters become six characters in JSON. */
  jsonString: string;
  /** `items` as JSON. A list, because JavaScript engines parse an object with many keys in more than linear time. */
  jsonList: string;
}

export function createInput(text: string): HostileInput {
  const items = text.match(/[\s\S]{1,10}/g) ?? [];
  const createKeys = (): object => Object.fromEntries(items.map((item, n) => [`${item}${n}`, 1]));
  const keys = createKeys();
  const jsonString = JSON.stringify(text);
  return {
    text,
    keys,
    ids: { ats: text, ...keys },
    messages: { scorecard: createKeys(), session: createKeys(), batch: createKeys(), webhook: createKeys() },
    items,
    words: items.slice(0, 100),
    bytes: Buffer.from(text),
    jsonString: JSON.stringify(text.slice(0, Math.ceil(text.length ** 2 / jsonString.length))),
    jsonList: JSON.stringify(items),
  };
}

const ADAPTER = { ids: { id: 'text' as const }, addresses: ['/a/{id}/**', '/{id}?q={id}#/{id}/**'] };

export const TEXT_FUNCTIONS: Record<string, (input: HostileInput) => void> = {
  'a key of a candidate': ({ text }) => void isEmail(toCandidateKey(text)),
  'a name': ({ text }) => void normalizeName(text),
  'an id': ({ text }) => void normalizeId(text),
  'the schema of an invite': ({ text }) => {
    inviteSchema.safeParse(Object.fromEntries(Object.keys(JANE).map((field) => [field, text])));
  },
  'the body of a query': ({ text, keys, items }) => {
    attempt(() => parseBody(sessionQuerySchema, { filter: keys }));
    attempt(() => parseBody(sessionQuerySchema, { candidates: items, after: text, [text]: text }));
  },
  'the body of a stream': ({ text, items }) =>
    attempt(() => parseBody(eventsRequestSchema, { batches: items, filter: text })),
  'the body of a batch': ({ text }) =>
    attempt(() => parseBody(batchRequestSchema, { ...JANE, candidates: [{ ...JANE, candidate_name: text }, text] })),
  'the body of a lookup': ({ text, ids }) => {
    attempt(() => parseBody(resolveRequestSchema, { url: `https://x.example/${text}` }));
    attempt(() => parseBody(resolveRequestSchema, ids));
  },
  'the ids in a URL': ({ text }) => {
    const href = `https://x.example/a/${text}`;
    if (!URL.canParse(href)) return;
    const url = new URL(href);
    extractIds(ADAPTER, url);
    isUrlOnHost(['*.example'], url);
  },
  'Idempotency-Key': ({ text }) => void idempotencyKeySchema.safeParse(text),
  'X-Forwarded-For': ({ text }) => callWithHeader(cleanForwardedFor, 'x-forwarded-for', text),
  // The first handler checks only the charset, so the limit of the body does not matter.
  'Content-Type': ({ text }) => callWithHeader(parseJsonBody(1)[0], 'content-type', `application/json;${text}`),
  'Retry-After': ({ text }) => void parseRetryAfter(text, 0),
  'the header of a token': ({ text }) => void isAccessToken(text),
  parseJson: ({ text }) => attempt(() => parseJson(text)),
  'parseJson with a string': ({ jsonString }) => attempt(() => parseJson(jsonString)),
  'parseJson with a list': ({ jsonList }) => attempt(() => parseJson(jsonList)),
  isNestedTooDeep: ({ text }) => void [isNestedTooDeep(`"${text}`), isNestedTooDeep(text)],
  decodeText: ({ bytes }) => void decodeText(bytes),
  decodeBody: ({ bytes }) => void decodeBody(bytes, 'utf-8'),
  redact: ({ text, words }) => {
    redact(text, { secrets: words, names: [text, ...words] });
    // Names that differ from parts of the text only in the first or the last letter.
    redact(text, { secrets: [text.slice(0, 200)], names: [`b${text.slice(1, 254)}`, `${text.slice(1, 254)}b`] });
  },
  'the detail of an error': ({ text }) => {
    extractErrorDetail(text);
    extractErrorDetail(JSON.stringify({ detail: text }));
    errorFromStatus('invite', 400, text, 0, text);
  },
  'a path and a key': ({ text }) => void [hideSession(text), foldKey(text)],
  parseStatus: ({ text }) => void [parseStatus(text), isFinishedWord(text)],
  parseScore: ({ text }) => void parseScore(text),
  parseTime: ({ text }) => void parseTime(text, 0),
  parseLink: ({ text }) => void parseLink(text, 'https://evalon.example'),
  'values of a message': ({ text }) => {
    for (const parse of [parseEmail, parseHeading, parseLine, parseProse, parseSessionUuid, parseText, parseWord])
      parse(text);
  },
  'a scorecard': ({ text, messages }) => {
    const question = { title: text, score: text, feedback: text };
    readScorecard({ sections: [{ name: text, score: text, questions: [question] }], narrative: text, status: text });
    readScorecard(messages.scorecard);
  },
  'a session': ({ text, messages }) => {
    readSession({ session_uuid: text, candidate_url: text, candidate_email: text, status: text, [text]: text });
    readSession(messages.session);
  },
  'a batch': ({ text, messages }) =>
    void readBatch({ results: [{ session_uuid: text, candidate_email: text }, messages.batch] }),
  'a webhook': ({ text, messages }) => {
    readWebhook({ session_uuid: text, event: text, completed_at: text, [text]: text });
    readWebhook({ event: text, data: messages.webhook });
  },
  'a page': ({ text }) => {
    renderSignInPage({ error: text }, 'de');
    html`<p>${text}</p>`.toString();
  },
  'settings with texts': ({ text }) => {
    list(origin, 10).safeParse(text);
    template(4_000, ['{name}']).safeParse(text);
  },
  'a URL of a page adapter': ({ text }) =>
    void adaptersSchema.safeParse([{ name: 'x', hosts: [text], addresses: [`/${text}`] }]),
};

const repeat = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
const UNITS = [
  ...['a', ' ', '\n', '.', ';', '-', '/', '@', '<', '"', '[', '{', '\\', '%'],
  ...['\u200b', '\u0000', '\u0130', '😀', 'a@', 'a b ', ', ', '{a}', 'aB', '1.'],
];

/** Each text ends in a way that makes a regular expression fail late. */
export const HOSTILE_TEXTS: readonly [name: string, create: (length: number) => string][] = [
  ...UNITS.map((unit): [string, (length: number) => string] => [
    JSON.stringify(unit),
    (length) => `${repeat(unit, length - 2)}!\u2028`,
  ]),
  ['distinct words', (length) => Array.from({ length: length / 6 }, (_, n) => `w${n.toString(36)}`).join(' ')],
  ['an email', (length) => `${repeat('a', length - 12)}@example.com`],
];
