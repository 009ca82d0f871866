/** Records the tables that a transaction wrote, to wake only the jobs that depend on them. */
import {
  type KyselyPlugin,
  type OperationNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  TableNode,
} from 'kysely';
import type { Tables } from './schema.ts';

export type TableName = keyof Tables;

export class TouchedTables implements KyselyPlugin {
  readonly #names = new Set<TableName>();

  get names(): TableName[] {
    return [...this.#names];
  }

  transformQuery({ node }: PluginTransformQueryArgs): PluginTransformQueryArgs['node'] {
    if (node.kind === 'InsertQueryNode') this.#add(node.into);
    if (node.kind === 'UpdateQueryNode') this.#add(node.table);
    if (node.kind === 'DeleteQueryNode') for (const from of node.from.froms) this.#add(from);
    return node;
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<PluginTransformResultArgs['result']> {
    return result;
  }

  #add(table: OperationNode | undefined): void {
    if (!table || !TableNode.is(table)) throw new Error('a query that writes must name its table without an alias');
    this.#names.add(table.table.identifier.name as TableName);
  }
}
