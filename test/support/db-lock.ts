/** Another process with a transaction on a database, as a shell or a copying tool holds one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';

const HOLD = `
  import Database from 'better-sqlite3';
  const [file, begin] = process.argv.slice(1);
  const connection = new Database(file, { timeout: 10_000 });
  connection.exec(begin);
  process.stdout.write('held');
  process.stdin.resume().once('end', () => connection.close());
`;

/**
 * Begins the transaction and answers how to end it.
 * @param begin such as `BEGIN IMMEDIATE`.
 */
export async function lockDatabase(test: TestContext, file: string, begin: string): Promise<() => Promise<void>> {
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', HOLD, file, begin], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  test.after(() => holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  return async () => {
    holder.stdin.end();
    await once(holder, 'exit');
  };
}
