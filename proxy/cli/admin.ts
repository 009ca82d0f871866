/**
 * `npm run admin -- …`: runs an administrator's command. All but `copy-to` call `/admin` of the running proxy. Reads a
 * candidate's email from standard input, to keep the email out of the shell's history and the process list.
 *
 * Exit codes: 0 success, 1 the command failed, 64 wrong arguments, 78 invalid settings.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readAdminAccess } from '../config/config.ts';
import * as ROUTES from '../contract/routes.ts';
import { SettingsError } from '../util/errors.ts';
import { downloadBackup } from './download-backup.ts';
import { promptLine } from './prompt.ts';

const USAGE = `Usage: npm run admin -- <command>

  audit               prints the audit log as JSON lines
  audit --candidate   prints the audit log of one candidate
  export              prints all stored data of a candidate, as JSON
  export --explanation
                      prints an explanation of a candidate's results, as Markdown for the candidate
  erase               erases a candidate: sessions, results, webhooks, events
  reread <session_uuid>…
                      rereads these sessions' scorecards
  reread --all        rereads all scorecards, no more than 20 a minute
  writes              prints what the proxy has written or will write into the ATS, as JSON lines. With dry_run: what
                      the proxy would write
  writes retry        retries the writes into the ATS that failed or are held
  backup <file>       copies the whole database into a new file, while the proxy serves
  copy-to             copies the SQLite database of a stopped proxy into an empty PostgreSQL database, and asks for
                      its URL
  copy-to <url>       copies into this PostgreSQL database: postgres://user@host/database

The commands about a candidate ask for the email on standard input.
`;

/** The longest time until the response starts. An erasure may wait for the database. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Less than 300 s, after which Node's `fetch` stops waiting with a less clear error. */
const BACKUP_TIMEOUT_MS = 290_000;

const promptEmail = () => promptLine("The candidate's email: ");

async function callAdmin(path: string, body: object, timeoutMs = REQUEST_TIMEOUT_MS): Promise<Response> {
  const { url, token } = readAdminAccess();
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error('no response in time')), timeoutMs);
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: controller.signal,
  })
    .catch((error: Error) => {
      throw new Error(`The proxy does not respond at ${url} (${error.name}). Is it running there?`);
    })
    .finally(() => clearTimeout(timer));
  if (response.ok) return response;
  const { detail } = (await response.json().catch(() => ({}))) as { detail?: string };
  throw new Error(detail ?? `The proxy responded ${response.status}.`);
}

async function print(response: Response): Promise<void> {
  const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  await pipeline(body, process.stdout, { end: false }).catch((error: NodeJS.ErrnoException) => {
    // A reader such as `head` may close the pipe early.
    if (error.code !== 'EPIPE') throw error;
  });
}

const COMMANDS: Record<string, (...args: string[]) => Promise<void>> = {
  audit: async () => print(await callAdmin(ROUTES.adminAudit, {})),
  'audit --candidate': async () => print(await callAdmin(ROUTES.adminAudit, { candidate_email: await promptEmail() })),
  export: async () => print(await callAdmin(ROUTES.adminExport, { candidate_email: await promptEmail() })),
  'export --explanation': async () =>
    print(await callAdmin(ROUTES.adminExplanation, { candidate_email: await promptEmail() })),
  async erase() {
    const response = await callAdmin(ROUTES.adminErase, { candidate_email: await promptEmail() });
    const counts = (await response.json()) as Record<string, number>;
    const { sessions, events, webhooks, saved_in_ats, sent_status_changes } = counts;
    const sentences = [
      `Erased: ${sessions} sessions with their results, ${events} events, ${webhooks} webhooks. Erase the candidate in Evalon too.`,
      ...(saved_in_ats ? [`${saved_in_ats} entries remain in the ATS: delete them there.`] : []),
      ...(sent_status_changes
        ? [`${sent_status_changes} status changes remain in the system at OUTBOUND_WEBHOOK_URL: delete them there.`]
        : []),
    ];
    process.stdout.write(`${sentences.join(' ')}\n`);
  },
  async reread(...session_uuids) {
    const body = session_uuids[0] === '--all' ? { all: true } : { session_uuids };
    const { scheduled } = (await (await callAdmin(ROUTES.adminReread, body)).json()) as Record<string, number>;
    process.stdout.write(
      `Scheduled: ${scheduled} scorecards. The proxy rereads them in the background, no more than 20 a minute. The widget shows changes.\n`,
    );
  },
  writes: async () => print(await callAdmin(ROUTES.adminWrites, {})),
  async 'writes retry'() {
    const response = await callAdmin(ROUTES.adminWritesRetry, {});
    const { retried, superseded } = (await response.json()) as Record<string, number>;
    process.stdout.write(
      `Scheduled: ${retried} entries. The proxy writes them into the ATS in the background.${
        superseded ? ` Not retried: ${superseded} entries, because the ATS has a later entry of the same session.` : ''
      }\n`,
    );
  },
  async backup(file = '') {
    process.stdout.write(await downloadBackup(file, () => callAdmin(ROUTES.adminBackup, {}, BACKUP_TIMEOUT_MS)));
  },
  // Imported on demand, because the other commands need no database client.
  'copy-to': async (url) => (await import('./copy-to.ts')).copyTo(url),
};

/**
 * The commands with variable arguments, and how many arguments each accepts. The keys of the other commands in
 * `COMMANDS` contain all of their arguments.
 */
const ARGUMENT_COUNT_CHECKS: Record<string, (count: number) => boolean> = {
  backup: (count) => count === 1,
  reread: (count) => count > 0,
  'copy-to': (count) => count <= 1,
};

const [name = '', ...args] = process.argv.slice(2);
const acceptsCount = ARGUMENT_COUNT_CHECKS[name];
const command = COMMANDS[acceptsCount ? name : [name, ...args].join(' ')];
if (!command || acceptsCount?.(args.length) === false) {
  process.stderr.write(USAGE);
  process.exit(64);
}
try {
  await command(...(acceptsCount ? args : []));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof SettingsError ? 78 : 1;
}
