/** Builds a later release for tests of a rolling restart: this release with one more migration step. */
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTempFolder } from '../proxy.ts';

const ROOT = join(import.meta.dirname, '../../..');
const MIGRATIONS = 'proxy/store/migrations/migrations.ts';

export interface TestRelease {
  /** The entry point. */
  main: string;
  remove(): void;
}

/**
 * @param stepName the name of the added step. It must sort after all steps of this release.
 * @param worksWith the `worksWith` of the added step.
 */
export function buildTestRelease(stepName: string, worksWith: string): TestRelease {
  const { folder, remove } = createTempFolder();
  cpSync(join(ROOT, 'proxy'), join(folder, 'proxy'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const file = join(folder, MIGRATIONS);
  const step = `{
    name: '${stepName}',
    worksWith: '${worksWith}',
    create: () => ({
      async up(db) {
        await sql.raw("alter table sessions add column tag text not null default '${stepName}'").execute(db);
        await sql.raw('create index sessions_tag on sessions (tag)').execute(db);
      },
    }),
  },`;
  // Adds the step at the end of the list.
  writeFileSync(file, readFileSync(file, 'utf8').replace(/(?<=const STEPS: [^=]*= \[[^\]]*)(?=\];)/, step));
  return { main: join(folder, 'proxy/main.ts'), remove };
}
