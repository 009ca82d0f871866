/**
 * `npm run doctor`: reads the settings as the proxy does, looks at what they point to, and prints a line for each
 * thing. Changes nothing. Exits with 0 where nothing failed, 1 where something did, 78 where the settings cannot work.
 */
import { requireNode } from './node.ts';

requireNode('npm run doctor');

const { systemClock } = await import('./clock.ts');
const { readConfig, settingFiles } = await import('./config.ts');
const { examine } = await import('./doctor/examine.ts');
const { lineOf, ok } = await import('./doctor/finding.ts');
const { SettingsError } = await import('./errors.ts');

/** Prints findings and answers whether none of them is a failure. */
function print(findings: { level: 'ok' | 'warn' | 'fail'; seen: string; fix?: string }[]): boolean {
  process.stdout.write(findings.map(lineOf).join(''));
  return findings.every(({ level }) => level !== 'fail');
}

async function examined(): Promise<number> {
  print([ok(`Node ${process.versions.node}`)]);
  const config = readConfig();
  print([ok('the settings can be read')]);
  let exitCode = 0;
  for (const findings of examine(config, settingFiles(), systemClock)) {
    if (!print(await findings)) exitCode = 1;
  }
  return exitCode;
}

const exitCode = await examined().catch((error: unknown) => {
  if (!(error instanceof SettingsError)) throw error;
  print(error.faults.map((fault) => ({ level: 'fail', seen: fault })));
  return 78;
});
process.stdout.write('', () => process.exit(exitCode));
