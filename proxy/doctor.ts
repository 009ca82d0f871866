/**
 * `npm run doctor`: reads the settings as the proxy does, looks at what they point to, and prints a line for each
 * thing. Changes nothing. Exits with 0 where nothing failed, 1 where something did, 78 where the settings cannot work.
 */
import { requireNode } from './node.ts';

requireNode('npm run doctor');

const { report } = await import('./doctor/report.ts');

const exitCode = await report((text) => process.stdout.write(text));
process.stdout.write('', () => process.exit(exitCode));
