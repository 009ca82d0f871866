/**
 * Forward-only steps from an empty database to the tables of schema.ts. Never edit a released step. During a
 * deployment, nodes of the previous release run on the new schema. So a step may add tables, indexes and columns with a
 * default, and nothing else.
 */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { type ColumnTypes, initial } from './0001-initial.ts';
import { addNodes } from './0002-nodes.ts';
import { addLostResponses } from './0003-lost-responses.ts';
import { addAtsWrites } from './0004-ats-writes.ts';
import { addOutboxChannels } from './0005-outbox-channels.ts';
import { addResultPage } from './0006-result-page.ts';
import { addPartnerOrders } from './0007-partner-orders.ts';
import { addStageChanges } from './0008-stage-changes.ts';
import { addPinnedFiles } from './0009-pinned-files.ts';

interface Step {
  name: string;
  create: (types: ColumnTypes) => Migration;
  /** The newest step of the oldest release that works with this step. */
  worksWith: string;
}

const STEPS: readonly Step[] = [
  { name: '0001-initial', create: initial, worksWith: '0001-initial' },
  { name: '0002-nodes', create: addNodes, worksWith: '0001-initial' },
  { name: '0003-lost-responses', create: addLostResponses, worksWith: '0002-nodes' },
  { name: '0004-ats-writes', create: addAtsWrites, worksWith: '0003-lost-responses' },
  // An older release would move the rows of other channels to the dead letters.
  { name: '0005-outbox-channels', create: addOutboxChannels, worksWith: '0005-outbox-channels' },
  { name: '0006-result-page', create: addResultPage, worksWith: '0005-outbox-channels' },
  { name: '0007-partner-orders', create: addPartnerOrders, worksWith: '0006-result-page' },
  { name: '0008-stage-changes', create: addStageChanges, worksWith: '0007-partner-orders' },
  { name: '0009-pinned-files', create: addPinnedFiles, worksWith: '0008-stage-changes' },
];

export function createMigrations(types: ColumnTypes): Record<string, Migration> {
  return Object.fromEntries(STEPS.map((step) => [step.name, recordCompatibility(step, step.create(types))]));
}

/** Returns the key in `meta` whose value is `worksWith` of the step. An older release reads the value. */
export function getCompatibilityKey(step: string): string {
  return `works_with:${step}`;
}

function recordCompatibility({ name, worksWith }: Step, { up }: Migration): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await up(db);
      await sql`insert into meta (key, value) values (${getCompatibilityKey(name)}, ${worksWith})`.execute(db);
    },
  };
}

/**
 * Whether a release works with a database that a newer release has migrated.
 * @param own the steps of the release
 * @param applied the steps that the database has
 * @param worksWith the compatibility that the newest applied step has recorded
 */
export function isCompatible(
  own: readonly string[],
  applied: readonly string[],
  worksWith: string | undefined,
): boolean {
  const newest = own.toSorted().at(-1) ?? '';
  return worksWith !== undefined && worksWith <= newest && own.every((name) => applied.includes(name));
}
