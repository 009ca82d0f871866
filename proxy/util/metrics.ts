/**
 * The Prometheus metrics. Labels contain only the proxy's own names and numbers: no candidate, no session, no secret.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client';

export type Metrics = ReturnType<typeof createMetrics>;

const WEBHOOK_OUTCOMES = ['stored', 'unauthenticated', 'invalid_request', 'too_large', 'unavailable', 'internal'];

/** Positions of keys in EVALON_API_KEY, which has two keys during a rotation. */
const KEY_POSITIONS = [1, 2];

const MESSAGES = ['create', 'batch', 'scorecard', 'webhook'];
const PARSE_PROBLEMS = ['ambiguous', 'conflict', 'unusable', 'out_of_range', 'missing'];

const LAG_BUCKETS_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600];

export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const webhooks = new Counter({
    name: 'evalon_webhooks_total',
    help: 'Webhooks received, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const evalonKeysRefused = new Counter({
    name: 'evalon_key_refused_total',
    help: 'Calls that Evalon refused with 401, by position of the key in EVALON_API_KEY',
    labelNames: ['key'],
    registers,
  });
  const unrecognizedMessages = new Counter({
    name: 'evalon_unrecognized_messages_total',
    help: 'Messages from Evalon that were not understood, by message',
    labelNames: ['message'],
    registers,
  });
  const parseProblems = new Counter({
    name: 'evalon_parse_problems_total',
    help: 'Problems with fields in messages from Evalon, by message and problem',
    labelNames: ['message', 'problem'],
    registers,
  });
  // Prometheus sees a counter's first increase only if the counter was exported as 0 before.
  for (const outcome of WEBHOOK_OUTCOMES) webhooks.inc({ outcome }, 0);
  for (const key of KEY_POSITIONS) evalonKeysRefused.inc({ key }, 0);
  for (const message of MESSAGES) {
    unrecognizedMessages.inc({ message }, 0);
    for (const problem of PARSE_PROBLEMS) parseProblems.inc({ message, problem }, 0);
  }

  return {
    /** `outcome`: `stored`, or the problem code of the response. */
    webhooks,
    /** `message`: `create`, `batch`, `scorecard` or `webhook`. */
    unrecognizedMessages,
    /** `problem`: `missing`, or a FieldProblem of evalon/parse-report.ts. */
    parseProblems,
    webhookLag: new Histogram({
      name: 'evalon_webhook_lag_seconds',
      help: 'Seconds from receiving a webhook that changed a session to publishing the change to streams',
      buckets: LAG_BUCKETS_SECONDS,
      registers,
    }),
    resultLag: new Histogram({
      name: 'evalon_result_lag_seconds',
      help: 'Seconds from a reported completion until its scorecard was read from Evalon and stored',
      buckets: LAG_BUCKETS_SECONDS,
      registers,
    }),
    /** `call`: `invite`, `batch` or `scorecard`. `outcome`: `ok` or a problem code. */
    evalonCalls: new Counter({
      name: 'evalon_calls_total',
      help: 'Calls to the Evalon API, by call and outcome',
      labelNames: ['call', 'outcome'],
      registers,
    }),
    /** `key`: its position in `EVALON_API_KEY`, counted from 1. */
    evalonKeysRefused,
    evalonRateLimited: new Counter({
      name: 'evalon_rate_limited_total',
      help: 'Calls that Evalon refused with 429',
      registers,
    }),
    evalonKeyAgeDays: new Gauge({
      name: 'evalon_key_age_days',
      help: 'Days since this proxy first used an API key, by position of the key in EVALON_API_KEY',
      labelNames: ['key'],
      registers,
    }),
    /** `outcome`: `found`, `absent` or a problem code. */
    atsLookups: new Counter({
      name: 'evalon_ats_lookups_total',
      help: 'Candidate lookups through the API of an ATS, by ATS and outcome',
      labelNames: ['ats', 'outcome'],
      registers,
    }),
    /** `outcome`: `written`, `found`, `retry`, or why it failed. */
    atsWrites: new Counter({
      name: 'evalon_ats_writes_total',
      help: 'Attempts to write into an ATS, by ATS and outcome',
      labelNames: ['ats', 'outcome'],
      registers,
    }),
    /** `outcome`: `delivered`, `retry`, or `failed` for a dead letter. */
    outboundWebhooks: new Counter({
      name: 'evalon_outbound_webhooks_total',
      help: 'Attempts to send a status change to OUTBOUND_WEBHOOK_URL, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    /** `outcome`: `delivered`, `retry`, or `failed` for a dead letter. */
    partnerUpdates: new Counter({
      name: 'evalon_partner_updates_total',
      help: 'Attempts to send an ATS the status of an assessment that it ordered, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    /** `outcome`: `stored`, `ignored`, or the problem code of the response. */
    atsWebhooks: new Counter({
      name: 'evalon_ats_webhooks_total',
      help: 'Webhooks received from an ATS, by ATS and outcome',
      labelNames: ['ats', 'outcome'],
      registers,
    }),
    /** `outcome`: a state of store/schema/stage-changes.ts, or `limited` if the invite waits for the next day. */
    stageTriggers: new Counter({
      name: 'evalon_stage_triggers_total',
      help: 'Stage changes in an ATS that matched a trigger, by ATS and outcome',
      labelNames: ['ats', 'outcome'],
      registers,
    }),
    /** `route` is the route's pattern, never the requested path. */
    requests: new Counter({
      name: 'http_requests_total',
      help: 'HTTP requests, by method, route and response status',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    /** Each of these completions is a missed webhook. */
    completionsByPolling: new Counter({
      name: 'evalon_completions_without_webhook_total',
      help: 'Completions found by polling Evalon because no webhook reported them',
      registers,
    }),
    candidatesErased: new Counter({
      name: 'evalon_candidates_erased_total',
      help: 'Candidates erased, by trigger: a command or the retention period',
      labelNames: ['by'],
      registers,
    }),

    /** Calls `read` on each scrape. A failing `read` yields NaN and does not affect the other metrics. */
    registerGauge(name: string, help: string, read: () => number | Promise<number>): void {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          try {
            this.set(await read());
          } catch {
            this.set(Number.NaN);
          }
        },
      });
    },

    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}
