/** Checks the PostgreSQL database without changing it. */
import { inspectPostgres, type PostgresFacts } from '../store/inspect-postgres.ts';
import { describeUrl } from '../store/postgres-pool.ts';
import { type CheckResult, describeError, fail, ok, warn } from './check-result.ts';

/** PostgreSQL's `server_version_num`: the major version times 10,000, plus the minor version. */
const MIN_VERSION = 180_000;
const MAX_LATENCY_MS = 20;
const MAX_CLOCK_DIFFERENCE_MS = 2_000;

/** @param evalon the Evalon that the database must belong to; undefined for any. */
export async function checkPostgres(url: string, evalon?: string): Promise<CheckResult[]> {
  try {
    const facts = await inspectPostgres(url);
    const problem = findProblem(facts, evalon);
    return problem ? [problem] : [ok(`database ${facts.name} belongs to this Evalon`), ...findRisks(facts)];
  } catch (error) {
    return [
      fail(
        `the PostgreSQL database ${describeUrl(url)} cannot be used (${describeError(error)})`,
        'make sure that the server runs, and that the user, the password and the database exist',
      ),
    ];
  }
}

/** Returns what keeps the proxy from using the database, if anything. */
function findProblem(facts: PostgresFacts, evalon: string | undefined): CheckResult | undefined {
  const { name, version, encoding, evalon: owner } = facts;
  if (owner && evalon && owner !== evalon) {
    return fail(
      `the database ${name} belongs to ${owner}, not to ${evalon}`,
      'use a separate database for each Evalon',
    );
  }
  if (version < MIN_VERSION) {
    return fail(`the database ${name} runs on PostgreSQL ${Math.floor(version / 10_000)}`, 'upgrade it to 18');
  }
  if (facts.isReplica) return fail(`the database ${name} is a replica`, 'name the address of the primary');
  if (encoding !== 'UTF8') {
    return fail(`the database ${name} has the encoding ${encoding}`, "create it with: encoding 'UTF8'");
  }
  if (!facts.canCreate) {
    return fail(`the user of ${name} cannot create tables`, 'grant create on the schema to the user');
  }
  if (!facts.canReadIdentity) {
    return fail(
      `the user of ${name} cannot read the server's identity`,
      'grant execute on function pg_control_system() to the user',
    );
  }
  return undefined;
}

function findRisks(facts: PostgresFacts): CheckResult[] {
  const risks: CheckResult[] = [];
  if (!facts.isDurable) {
    risks.push(
      warn('a crash of the database server loses acknowledged webhooks', 'set fsync and synchronous_commit to on'),
    );
  } else if (!facts.waitsForStandby) {
    risks.push(
      warn(
        'a failover of the database may lose acknowledged webhooks, because commits wait for no standby',
        'set synchronous_standby_names (docs/postgresql.md, Failover of the database)',
      ),
    );
  }
  if (!facts.deliversNotifications) {
    risks.push(
      warn(
        'notifications do not arrive, so nodes poll for the changes of other nodes',
        'let DATABASE_URL avoid the pooler, or switch the pooler to session mode',
      ),
    );
  }
  if (facts.latencyMs > MAX_LATENCY_MS) {
    risks.push(warn(`a query takes ${facts.latencyMs} ms`, 'run the proxy close to the database'));
  }
  if (Math.abs(facts.clockAheadMs) > MAX_CLOCK_DIFFERENCE_MS) {
    const seconds = Math.round(Math.abs(facts.clockAheadMs) / 1_000);
    risks.push(warn(`the clocks of this machine and the database differ by ${seconds} s`, 'synchronize both with NTP'));
  }
  return risks;
}
