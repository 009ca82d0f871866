/** Which tables a transaction has written: whoever waits for work is woken by what may bring some, and by nothing else. */
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
  readonly tables = new Set<string>();

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
    if (!table || !TableNode.is(table)) throw new Error('a query that writes names its table as it is');
    this.tables.add(table.table.identifier.name);
  }
}
