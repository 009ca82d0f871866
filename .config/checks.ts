/** What can be told from the sources alone. Each check is one line; what it found follows it. */
import { type Outcome, run } from './tool.ts';

interface Check {
  name: string;
  run: () => Promise<Outcome>;
}

const types = (project: string): Check => ({
  name: `types of ${project}/`,
  run: () => run('tsc', '-p', project, '--pretty', 'false'),
});

const CHECKS: Check[] = [
  types('proxy'),
  types('widget'),
  types('test'),
  { name: 'lint and format', run: () => run('biome', 'check', '--error-on-warnings', '--colors=off') },
  { name: 'unused code and packages', run: () => run('knip', '--config', '.config/knip.json', '--no-progress') },
];

/** Runs all checks at once, prints how each ended, and answers for each whether it passed. */
export function runChecks(): Promise<boolean[]> {
  return Promise.all(
    CHECKS.map(async ({ name, run: check }) => {
      const { ok, output } = await check();
      process.stdout.write(`${ok ? '✔' : '✖'} ${name}\n${ok ? '' : `${output}\n`}`);
      return ok;
    }),
  );
}
