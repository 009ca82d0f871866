/** Queries on the widget's pinned files. */
import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

export type PinnedFileQueries = ReturnType<typeof pinnedFileQueries>;

export function pinnedFileQueries(db: Kysely<Tables>, now: () => string) {
  return {
    async getContent(name: string): Promise<string | undefined> {
      const row = await db.selectFrom('pinned_files').select('content').where('name', '=', name).executeTakeFirst();
      return row?.content;
    },

    /** @param files the content of each file by its name */
    async replace(files: ReadonlyMap<string, string>): Promise<void> {
      const stored_at = now();
      const rows = [...files].map(([name, content]) => ({ name, content, stored_at }));
      await db
        .deleteFrom('pinned_files')
        .where('name', 'in', [...files.keys()])
        .execute();
      await db.insertInto('pinned_files').values(rows).execute();
    },
  };
}
