/** Forward-only steps from an empty database to the tables of schema.ts. Never edit a released step. */
import type { Migration } from 'kysely/migration';
import { type ColumnTypes, initial } from './0001-initial.ts';
import { addNodes } from './0002-nodes.ts';

export function createMigrations(types: ColumnTypes): Record<string, Migration> {
  return { '0001-initial': initial(types), '0002-nodes': addNodes(types) };
}
