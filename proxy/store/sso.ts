/** Queries on single sign-on: unfinished sign-in attempts, and recruiters who have signed in. */
import type { Kysely } from 'kysely';
import type { DueClock } from './due-clock.ts';
import type { NewSsoAttempt, SsoAttempt, StoredSignIn, Tables } from './schema.ts';

export type SsoQueries = ReturnType<typeof ssoQueries>;

export function ssoQueries(db: Kysely<Tables>, now: () => string, { dueAt }: DueClock) {
  const selectOpenAttempts = () => db.selectFrom('sso_attempts').where('expires_at', '>', dueAt());
  return {
    /** Counts open attempts up to `limit`. */
    async countOpenAttempts(limit: number): Promise<number> {
      return (await selectOpenAttempts().select('attempt_hash').limit(limit).execute()).length;
    },

    async insertAttempt(attempt: NewSsoAttempt): Promise<void> {
      await db.insertInto('sso_attempts').values(attempt).execute();
    },

    getOpenAttempt: (attemptHash: string): Promise<SsoAttempt | undefined> =>
      selectOpenAttempts().selectAll().where('attempt_hash', '=', attemptHash).executeTakeFirst(),

    /**
     * Applies `change` to an attempt at the step `from`. Returns false if the attempt is at another step or has
     * expired.
     */
    async advanceAttempt(
      attemptHash: string,
      from: SsoAttempt['step'],
      change: Partial<NewSsoAttempt>,
    ): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('sso_attempts')
        .set(change)
        .where('attempt_hash', '=', attemptHash)
        .where('step', '=', from)
        .where('expires_at', '>', dueAt())
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async incrementFailedRedemptions(attemptHash: string): Promise<void> {
      await db
        .updateTable('sso_attempts')
        .set(({ eb }) => ({ failed_redemptions: eb('failed_redemptions', '+', 1) }))
        .where('attempt_hash', '=', attemptHash)
        .execute();
    },

    async deleteAttempt(attemptHash: string): Promise<void> {
      await db.deleteFrom('sso_attempts').where('attempt_hash', '=', attemptHash).execute();
    },

    async insertSignIn(signIn: StoredSignIn): Promise<void> {
      await db.insertInto('sign_ins').values(signIn).execute();
    },

    /** Also returns an ended sign-in. */
    getSignIn: (signInId: string): Promise<StoredSignIn | undefined> =>
      db.selectFrom('sign_ins').selectAll().where('sign_in_id', '=', signInId).executeTakeFirst(),

    async isSignInActive(signInId: string): Promise<boolean> {
      const row = await db
        .selectFrom('sign_ins')
        .select('sign_in_id')
        .where('sign_in_id', '=', signInId)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', now())
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Changes a sign-in. Returns false if the sign-in has ended or has another refresh generation. */
    async updateSignIn(signInId: string, generation: number, change: Partial<StoredSignIn>): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('sign_ins')
        .set(change)
        .where('sign_in_id', '=', signInId)
        .where('refresh_generation', '=', generation)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Ends a sign-in and deletes the provider's refresh token. Returns false if the sign-in had already ended. */
    async endSignIn(signInId: string): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('sign_ins')
        .set({ ended_at: now(), encrypted_refresh_token: null })
        .where('sign_in_id', '=', signInId)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Deletes up to `limit` expired rows from each table. Returns the larger of the two counts. */
    async prune(limit: number): Promise<number> {
      const expiredAttempts = db
        .selectFrom('sso_attempts')
        .select('attempt_hash')
        .where('expires_at', '<=', dueAt())
        .limit(limit);
      const expiredSignIns = db
        .selectFrom('sign_ins')
        .select('sign_in_id')
        .where('expires_at', '<=', now())
        .limit(limit);
      const attempts = await db
        .deleteFrom('sso_attempts')
        .where('attempt_hash', 'in', expiredAttempts)
        .executeTakeFirst();
      const signIns = await db.deleteFrom('sign_ins').where('sign_in_id', 'in', expiredSignIns).executeTakeFirst();
      return Math.max(Number(attempts.numDeletedRows), Number(signIns.numDeletedRows));
    },
  };
}
