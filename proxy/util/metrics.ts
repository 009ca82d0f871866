/** What IT can watch, in Prometheus' terms. Labels are names of ours and numbers; never a person, a session or a secret. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

const WEBHOOK_OUTCOMES = ['stored', 'unauthenticated', 'invalid_request', 'too_large', 'unavailable', 'internal'];

/** Seconds: from what nobody notices to what somebody waits for. */
const LAG_BUCKETS_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600];

/** Everything counted since the process started, in a registry of its own. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const webhooks = new Counter({
    name: 'evalon_webhooks_total',
    help: 'Webhooks by what came of them at the door',
    labelNames: ['outcome'],
    registers,
  });
  const evalonKeysRefused = new Counter({
    name: 'evalon_key_refused_total',
    help: 'Calls that Evalon answered with 401, by the place of the key in EVALON_API_KEY',
    labelNames: ['key'],
    registers,
  });
  // A counter that is not there before its first event hides that one from whoever watches for a rise.
  for (const outcome of WEBHOOK_OUTCOMES) webhooks.inc({ outcome }, 0);
  for (const key of [1, 2]) evalonKeysRefused.inc({ key }, 0);

  return {
    /** `stored`, or the code of the problem that was answered. */
    webhooks,
    webhookLag: new Histogram({
      name: 'evalon_webhook_lag_seconds',
      help: 'Seconds from the arrival of a webhook that changed a session until streams were told',
      buckets: LAG_BUCKETS_SECONDS,
      registers,
    }),
    resultLag: new Histogram({
      name: 'evalon_result_lag_seconds',
      help: 'Seconds from a claimed completion until its result was read from Evalon and stored',
      buckets: LAG_BUCKETS_SECONDS,
      registers,
    }),
    /** Calls of Evalon by what was asked (`invite`, `batch`, `scorecard`) and what came of it (`ok`, or a problem code). */
    evalonCalls: new Counter({
      name: 'evalon_calls_total',
      help: 'Calls of the Evalon API by what was asked and what came of it',
      labelNames: ['call', 'outcome'],
      registers,
    }),
    /** By the key's place in `EVALON_API_KEY`, counted from 1. */
    evalonKeysRefused,
    evalonRateLimited: new Counter({
      name: 'evalon_rate_limited_total',
      help: 'Calls that Evalon answered with 429',
      registers,
    }),
    evalonKeyAgeDays: new Gauge({
      name: 'evalon_key_age_days',
      help: 'Days since an API key was first used here, by its place in EVALON_API_KEY',
      labelNames: ['key'],
      registers,
    }),
    /** By connector and what came of it: `found`, `absent`, or a problem code. */
    atsLookups: new Counter({
      name: 'evalon_ats_lookups_total',
      help: "Candidates looked up through an ATS's API, by connector and what came of it",
      labelNames: ['ats', 'outcome'],
      registers,
    }),
    /** By the route's pattern, never by the path that was asked. */
    requests: new Counter({
      name: 'http_requests_total',
      help: 'Requests by route and answered status',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    /** Each of them is a webhook that did not come. */
    completionsByPolling: new Counter({
      name: 'evalon_completions_without_webhook_total',
      help: 'Completions that were found by asking Evalon, because no webhook told of them',
      registers,
    }),
    candidatesErased: new Counter({
      name: 'evalon_candidates_erased_total',
      help: 'Candidates erased, by command or because their time was over',
      labelNames: ['by'],
      registers,
    }),

    /** Asks `read` whenever the metrics are read. */
    registerGauge(name: string, help: string, read: () => number | Promise<number>): void {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          try {
            this.set(await read());
          } catch {
            // One that cannot be read now keeps nobody from reading the others.
            this.set(Number.NaN);
          }
        },
      });
    },

    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}
