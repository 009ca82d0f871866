/**
 * Queries that count results by score. Without these counts, the proxy would read all of a project's results for each
 * percentile.
 * Scores are rounded to three significant digits, so a project has at most about a thousand different ones.
 */
import type { Kysely } from 'kysely';
import type { SessionRow, Tables } from './schema.ts';

const SCORE_DIGITS = 3;

export type Scored = Pick<SessionRow, 'project_id' | 'assessment_type' | 'overall'>;

export function scoreCountQueries(db: Kysely<Tables>) {
  async function add({ project_id, assessment_type, overall }: Scored, change: 1 | -1): Promise<void> {
    if (assessment_type === null || overall === null) return;
    const key = { project_id, assessment_type, score: roundScore(overall) };
    await db
      .insertInto('score_counts')
      .values({ ...key, sessions: change })
      .onConflict((conflict) =>
        conflict
          .columns(['project_id', 'assessment_type', 'score'])
          .doUpdateSet(({ eb }) => ({ sessions: eb('score_counts.sessions', '+', change) })),
      )
      .execute();
  }

  return {
    /** @param stored the row that `row` replaces. */
    async update(stored: Scored | undefined, row: Scored): Promise<void> {
      if (stored && isEqualScore(stored, row)) return;
      if (stored) await add(stored, -1);
      await add(row, 1);
    },

    /** Call it before the candidate's sessions are deleted. */
    async removeCandidate(candidateKey: string): Promise<void> {
      const scored = db.selectFrom('sessions').select(['project_id', 'assessment_type', 'overall']);
      for (const row of await scored.where('candidate_key', '=', candidateKey).execute()) await add(row, -1);
    },

    /** Counts the overall scores of a project and type: all, those lower than `overall`, and those equal to it. */
    async count(projectId: string, assessmentType: string, overall: number) {
      const score = roundScore(overall);
      const { all, lower, equal } = await db
        .selectFrom('score_counts')
        .select(({ fn }) => [
          fn.sum<number | null>('sessions').as('all'),
          fn.sum<number | null>('sessions').filterWhere('score', '<', score).as('lower'),
          fn.sum<number | null>('sessions').filterWhere('score', '=', score).as('equal'),
        ])
        .where('project_id', '=', projectId)
        .where('assessment_type', '=', assessmentType)
        .executeTakeFirstOrThrow();
      return { all: Number(all), lower: Number(lower), equal: Number(equal) };
    },
  };
}

function isEqualScore(one: Scored, other: Scored): boolean {
  return (
    one.project_id === other.project_id &&
    one.assessment_type === other.assessment_type &&
    one.overall === other.overall
  );
}

function roundScore(overall: number): number {
  return Number(overall.toPrecision(SCORE_DIGITS));
}
