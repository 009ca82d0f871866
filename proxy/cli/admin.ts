/**
 * `npm run admin -- audit | export | erase | backup`: an administrator's hand on the running proxy, over its own `/admin`. A
 * candidate's email is read from standard input, so that it stands in no shell history and no process list.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readAdminAccess } from '../config/config.ts';
import * as ROUTES from '../contract/routes.ts';
import { SettingsError } from '../util/errors.ts';
import { promptLine } from './prompt.ts';
import { downloadBackup } from './save-backup.ts';

const USAGE = `Usage: npm run admin -- <what>

  audit               prints the audit record as JSON lines
  audit --candidate   the same, of one candidate
  export              prints everything that is held about a candidate, as JSON
  erase               erases a candidate: sessions, results, webhooks, events
  backup <file>       copies the whole database into a new file, while the proxy serves

Where a candidate is meant, the email is asked for on standard input.
`;

/** Milliseconds until the proxy has to begin its answer, which itself may be long. An erasure waits for its turn at the database. */
const REQUEST_TIMEOUT_MS = 60_000;
/** The same for a copy of everything. */
const BACKUP_TIMEOUT_MS = 290_000;

const promptEmail = () => promptLine("The candidate's email: ");

async function callAdmin(path: string, body: object, deadline = REQUEST_TIMEOUT_MS): Promise<Response> {
  const { url, token } = readAdminAccess();
  const begun = new AbortController();
  const timer = setTimeout(() => begun.abort(new Error('no answer in time')), deadline);
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: begun.signal,
  })
    .catch((error: Error) => {
      throw new Error(`The proxy does not answer at ${url} (${error.name}). Is it running there?`);
    })
    .finally(() => clearTimeout(timer));
  if (response.ok) return response;
  const { detail } = (await response.json().catch(() => ({}))) as { detail?: string };
  throw new Error(detail ?? `The proxy answered ${response.status}.`);
}

/** A reader such as `head` may leave when it has enough. */
async function print(response: Response): Promise<void> {
  const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  await pipeline(body, process.stdout, { end: false }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const COMMANDS: Record<string, (file: string) => Promise<void>> = {
  audit: async () => print(await callAdmin(ROUTES.adminAudit, {})),
  'audit --candidate': async () => print(await callAdmin(ROUTES.adminAudit, { candidate_email: await promptEmail() })),
  export: async () => print(await callAdmin(ROUTES.adminExport, { candidate_email: await promptEmail() })),
  async erase() {
    const response = await callAdmin(ROUTES.adminErase, { candidate_email: await promptEmail() });
    const { sessions, events, webhooks } = (await response.json()) as Record<string, number>;
    process.stdout.write(
      `Erased: ${sessions} sessions with their results, ${events} events, ${webhooks} webhooks. What Evalon itself holds is to be erased there.\n`,
    );
  },
  async backup(file) {
    process.stdout.write(await downloadBackup(file, () => callAdmin(ROUTES.adminBackup, {}, BACKUP_TIMEOUT_MS)));
  },
};

const [what = '', ...rest] = process.argv.slice(2);
/** What `backup` names; every other command is told by its words alone. */
const [file = ''] = what === 'backup' ? rest.splice(0, 1) : [];
const command = what === 'backup' && !file ? undefined : COMMANDS[[what, ...rest].join(' ')];
if (!command) {
  process.stderr.write(USAGE);
  process.exit(64);
}
try {
  await command(file);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof SettingsError ? 78 : 1;
}
