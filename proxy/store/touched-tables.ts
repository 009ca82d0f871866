/** Records the tables that a transaction changed, to wake only the jobs that depend on them. */
import {
  type KyselyPlugin,
  type OperationNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryId,
  TableNode,
} from 'kysely';
import type { Tables } from './schema.ts';

export type TableName = keyof Tables;

export class TouchedTables implements KyselyPlugin {
  readonly #names = new Set<TableName>();
  /** The tables of statements that have not ended yet. */
  readonly #writing = new WeakMap<QueryId, TableName[]>();

  get names(): TableName[] {
    return [...this.#names];
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): PluginTransformQueryArgs['node'] {
    const tables = listWrittenTables(node);
    if (tables.length) this.#writing.set(queryId, tables.map(getName));
    return node;
  }

  /** A statement that changed no row wakes no job. */
  async transformResult({ result, queryId }: PluginTransformResultArgs): Promise<PluginTransformResultArgs['result']> {
    const hasChanged = result.rows.length > 0 || result.numAffectedRows !== 0n;
    if (hasChanged) for (const name of this.#writing.get(queryId) ?? []) this.#names.add(name);
    return result;
  }
}

function listWrittenTables(node: PluginTransformQueryArgs['node']): readonly (OperationNode | undefined)[] {
  if (node.kind === 'InsertQueryNode') return [node.into];
  if (node.kind === 'UpdateQueryNode') return [node.table];
  return node.kind === 'DeleteQueryNode' ? node.from.froms : [];
}

function getName(table: OperationNode | undefined): TableName {
  if (!table || !TableNode.is(table)) throw new Error('a query that writes must name its table without an alias');
  return table.table.identifier.name as TableName;
}
