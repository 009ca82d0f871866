/** Parses messages from Evalon for tests. */
import type { CustomFieldMap } from '../../proxy/config/field-map.ts';
import { createFieldMap } from '../../proxy/evalon/field-map.ts';
import { parseScorecardResponse } from '../../proxy/evalon/parse-scorecard.ts';
import { parseBatchResponse, parseSessionResponse } from '../../proxy/evalon/parse-session.ts';
import { parseWebhook } from '../../proxy/evalon/parse-webhook.ts';
import type { ParseContext } from '../../proxy/evalon/parsed.ts';
import { parseJson } from '../../proxy/util/json.ts';

export const SESSION_UUID = 'sess_xyz789';
export const NOW_MS = Date.UTC(2026, 0, 20);

const builtIn = createFieldMap();

function buildParseContext(custom?: CustomFieldMap): ParseContext {
  return { fieldMap: custom ? createFieldMap(custom) : builtIn, baseUrl: 'https://api.evalon.example', now: NOW_MS };
}

/** Also accepts JSON text, for values that a JavaScript literal cannot express. */
const toBody = (body: unknown): unknown => (typeof body === 'string' ? parseJson(body) : body);

export const readScorecard = (body: unknown, custom?: CustomFieldMap) =>
  parseScorecardResponse(toBody(body), SESSION_UUID, buildParseContext(custom));

export const readSession = (body: unknown, custom?: CustomFieldMap) =>
  parseSessionResponse(toBody(body), buildParseContext(custom));

export const readBatch = (body: unknown, custom?: CustomFieldMap) =>
  parseBatchResponse(toBody(body), buildParseContext(custom));

export const readWebhook = (body: unknown, custom?: CustomFieldMap) =>
  parseWebhook(toBody(body), buildParseContext(custom));
