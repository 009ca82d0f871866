/**
 * `npm run doctor`: reads the settings as the proxy does, looks at what they point to, and prints a line for each
 * thing. Changes nothing. Exits with 0 where nothing failed, 1 where something did, 78 where the settings cannot work.
 * `npm run doctor -- token` looks at a recruiter's token instead, which it asks for on standard input.
 */
import { requireNodeVersion } from './require-node-version.ts';

requireNodeVersion('npm run doctor');

const { promptLine } = await import('./prompt.ts');
const { printReport } = await import('../doctor/report.ts');

// A reader such as `head` may leave when it has enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const words = process.argv.slice(2);
const asksForToken = words.join(' ') === 'token';
if (words.length && !asksForToken) {
  process.stderr.write('Usage: npm run doctor, or npm run doctor -- token, which asks for one on standard input.\n');
  process.exit(64);
}
const token = asksForToken ? await promptLine("A recruiter's token: ") : undefined;
const exitCode = await printReport((text) => process.stdout.write(text), { token });
process.stdout.write('', () => process.exit(exitCode));
