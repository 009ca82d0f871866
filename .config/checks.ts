/** The checks, each by name. */
import { importDirections } from './imports/check.ts';
import { type Outcome, run } from './tool.ts';

interface Check {
  name: string;
  run: () => Promise<Outcome>;
}

const types = (project: string): Check => ({
  name: `types of ${project}/`,
  run: () => run('tsc', '-p', project, '--pretty', 'false'),
});

export const checks: Check[] = [
  types('proxy'),
  types('widget'),
  types('test'),
  { name: 'lint and format', run: () => run('biome', 'check', '--error-on-warnings', '--colors=off') },
  { name: 'unused code and packages', run: () => run('knip', '--config', '.config/knip.json', '--no-progress') },
  { name: 'import directions', run: async () => importDirections() },
];
