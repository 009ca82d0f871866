/**
 * `npm run doctor`: checks the settings and everything they refer to, and prints one line per check. Changes nothing.
 *
 * `npm run doctor -- token` reads a recruiter's token from standard input, and checks only the token.
 *
 * `npm run doctor -- evalon <session_uuid>` reads one scorecard from Evalon, and explains what the proxy finds in it.
 *
 * Exit codes: 0 no failure, 1 a failed check, 64 wrong arguments, 78 invalid settings.
 */
import { requireNodeVersion } from './require-node-version.ts';

requireNodeVersion('npm run doctor');

const { promptLine } = await import('./prompt.ts');
const { printReport } = await import('../doctor/report.ts');

// A reader such as `head` may close the pipe early.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const args = process.argv.slice(2);
const isTokenCheck = args.join(' ') === 'token';
const sessionUuid = args[0] === 'evalon' && args.length === 2 ? args[1] : undefined;
if (args.length && !isTokenCheck && !sessionUuid) {
  process.stderr.write(
    [
      'Usage: npm run doctor',
      '       npm run doctor -- token (reads the token from standard input)',
      '       npm run doctor -- evalon <session_uuid> (reads its scorecard from Evalon: one call)',
      '',
    ].join('\n'),
  );
  process.exit(64);
}
const token = isTokenCheck ? await promptLine("A recruiter's token: ") : undefined;
const exitCode = await printReport((text) => process.stdout.write(text), { token, sessionUuid });
// Exits only after standard output has received the whole report.
process.stdout.write('', () => process.exit(exitCode));
