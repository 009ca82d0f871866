/** The formats in which the simulated Evalon can respond. Only `published` is the format of Evalon's guide. */
import { randomBytes, randomInt } from 'node:crypto';
import type { ApiResponse, RequestKind } from './faults.ts';
import type { WebhookEvent } from './session-lifecycle.ts';

export const DIALECTS = [
  /** As in the guide. */
  'published',
  /** `{"data":{"sessionUuid":…}}`, with numeric ids for new sessions. */
  'camel-wrapped',
  /** Scores such as `"82%"`. */
  'percent-strings',
  /** Spanish keys, which need `EVALON_FIELD_MAP`. */
  'spanish',
  /** The first read of a scorecard returns it without sections and narrative. */
  'partial-first',
  /** A scorecard that is not ready is `{"status":"not_started","overall":0,…}` instead of 404. */
  'placeholder',
  /** The results of a batch come in reverse order, without emails and project ids. */
  'reordered',
] as const;

export type Dialect = (typeof DIALECTS)[number];

type Json = Record<string, unknown>;

export interface Translator {
  /** A change applies to later responses and webhooks. */
  dialect: Dialect;
  translateResponse(kind: RequestKind, path: string, response: ApiResponse): ApiResponse;
  translateWebhook(event: WebhookEvent): object;
  createSessionId(): string;
}

/** `randomInt` accepts a range of less than 2 ** 48. */
const FIRST_NUMERIC_ID = 1_000_000_000;
const LAST_NUMERIC_ID = 2 ** 47;

export function createTranslator(dialect: Dialect = 'published'): Translator {
  /** Paths of the scorecards that were read in the dialect `partial-first`. */
  const readPaths = new Set<string>();

  function translateScorecard(path: string, response: ApiResponse): ApiResponse {
    const { status } = response;
    if (translator.dialect === 'placeholder' && status === 404) return { status: 200, body: PLACEHOLDER };
    const body = response.body as Json;
    if (status !== 200) return response;
    if (translator.dialect !== 'partial-first' || readPaths.has(path)) {
      return { ...response, body: translate(translator.dialect, 'scorecard', body) };
    }
    readPaths.add(path);
    const { narrative_summary: _, ...partial } = body;
    return { ...response, body: { ...partial, sections: [] } };
  }

  const translator: Translator = {
    dialect,
    translateResponse(kind, path, response) {
      if (kind === 'scorecard') return translateScorecard(path, response);
      const isTranslated = response.status < 300 && kind !== 'other';
      return isTranslated
        ? { ...response, body: translate(translator.dialect, kind, response.body as Json) }
        : response;
    },
    translateWebhook: (event) => translate(translator.dialect, 'webhook', event),
    createSessionId: () =>
      translator.dialect === 'camel-wrapped'
        ? String(randomInt(FIRST_NUMERIC_ID, LAST_NUMERIC_ID))
        : `sess_${randomBytes(9).toString('hex')}`,
  };
  return translator;
}

const PLACEHOLDER = { status: 'not_started', overall: 0, sections: [], completed_at: null };

type Message = Exclude<RequestKind, 'other'> | 'webhook';

function translate(dialect: Dialect, message: Message, body: Json): object {
  if (dialect === 'camel-wrapped') {
    return message === 'webhook' ? (toCamelCase(body) as object) : { data: toCamelCase(body) };
  }
  if (dialect === 'percent-strings') return toPercentStrings(body) as object;
  if (dialect === 'spanish') return SPANISH[message](body);
  if (dialect === 'reordered' && message === 'batch') {
    const results = asList(body['results']).toReversed();
    return { results: results.map(({ candidate_email: _, project_id: __, ...result }) => result) };
  }
  return body;
}

function toCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toCamelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      key === 'session_uuid' && /^\d+$/.test(String(item)) ? Number(item) : toCamelCase(item),
    ]),
  );
}

/** Does not change the scores of questions, because their maximum may not be 100. */
function toPercentStrings(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return key === 'questions' ? value : value.map((item) => toPercentStrings(item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toPercentStrings(item, name)]));
  }
  return typeof value === 'number' && (key === 'overall' || key === 'score') ? `${value}%` : value;
}

const SPANISH: Record<Message, (body: Json) => object> = {
  create: ({ session_uuid, candidate_url, candidate_email, project_id, assessment_type }) => ({
    sesion: { identificador: session_uuid, enlace: candidate_url },
    candidato: { correo: candidate_email },
    proyecto: project_id,
    evaluacion: assessment_type,
  }),
  batch: ({ results }) => ({ resultados: asList(results).map((item) => SPANISH.create(item)) }),
  scorecard: ({ overall, overall_max = 100, sections, narrative_summary }) => ({
    resultado: {
      nota: { valor: overall, max: overall_max },
      resumen: narrative_summary,
      secciones: asList(sections).map(({ name, score, max_score = 100, questions }) => ({
        nombre: name,
        nota: { valor: score, max: max_score },
        preguntas: asList(questions).map((question) => ({
          titulo: question['prompt'],
          nota: question['score'],
          max: question['max_score'],
        })),
      })),
    },
  }),
  webhook: ({ event, session_uuid, score_summary }) => ({
    evento: event,
    sesion: { identificador: session_uuid },
    ...(isJsonRecord(score_summary) && { resultado: { nota: { valor: score_summary['overall'], max: 100 } } }),
  }),
};

function asList(value: unknown): Json[] {
  return Array.isArray(value) ? value : [];
}

function isJsonRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
