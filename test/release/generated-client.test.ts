/** A client that a common generator makes from `/openapi.json` type-checks, invites a candidate and reads the result. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import * as ROUTES from '../../proxy/contract/routes.ts';
import { waitFor } from '../support/eventually.ts';
import { startStack } from '../support/start-stack.ts';
import { mintToken } from '../support/token.ts';

const ROOT = join(import.meta.dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache');
const TIMEOUT_MS = 120_000;
const run = promisify(execFile);

/** A program of a customer. It prints the session id of a new invite, or the overall score of a session. */
const PROGRAM = `
import { defaults, getScorecard, inviteCandidate } from './client.js';

const [, , baseUrl = '', sessionUuid] = process.argv;
defaults.baseUrl = baseUrl;
defaults.headers = { authorization: \`Bearer \${process.env['TOKEN']}\` };

if (sessionUuid === undefined) {
  const { status, data } = await inviteCandidate({
    invite: {
      assessment_type: 'marketing',
      candidate_email: 'jane@example.com',
      candidate_name: 'Jane Smith',
      project_id: 'proj_abc123',
    },
  });
  if (status !== 201) throw new Error(\`\${status}\`);
  console.log(data.session_uuid);
} else {
  const response = await getScorecard({ sessionUuid });
  if (response.status === 409) console.log(response.data.code);
  else if (response.status === 200) console.log(response.data.overall, response.data.sections[0]?.name);
}
`;

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    noUncheckedIndexedAccess: true,
    target: 'es2024',
    lib: ['es2024', 'dom', 'dom.iterable'],
    module: 'nodenext',
    types: ['node'],
    skipLibCheck: true,
    outDir: 'built',
    rootDir: '.',
  },
  files: ['client.ts', 'program.ts'],
};

it('a generated client invites a candidate and reads the scorecard', async (test) => {
  const { proxy, evalon } = await startStack(test);
  const folder = createFolder(test);
  await run(process.execPath, [
    join(ROOT, 'node_modules/oazapfts/dist/cli.js'),
    `${proxy.url}${ROUTES.openApi}`,
    join(folder, 'client.ts'),
    '--argumentStyle=object',
  ]);
  writeFileSync(join(folder, 'program.ts'), PROGRAM);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
  await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder]);

  const token = await mintToken();
  const runProgram = async (...args: string[]) => {
    const options = { timeout: TIMEOUT_MS, env: { ...process.env, TOKEN: token } };
    const { stdout } = await run(process.execPath, [join(folder, 'built/program.js'), proxy.url, ...args], options);
    return stdout.trim();
  };
  const sessionUuid = await runProgram();
  assert.equal(await runProgram(sessionUuid), 'not_ready');
  await evalon.completeSession(sessionUuid);
  assert.equal(
    await waitFor(async () => ((await runProgram(sessionUuid)) === 'not_ready' ? '' : runProgram(sessionUuid))),
    '82 Campaign planning',
  );
  assert.match(readFileSync(join(folder, 'client.ts'), 'utf8'), /overall: number \| null/);
});

/** Creates a folder from which Node finds the packages of the repository. */
function createFolder(test: TestContext): string {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'generated-client-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
