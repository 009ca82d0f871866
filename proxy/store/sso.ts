/** Queries about single sign-on: sign-in attempts that have not finished, and recruiters who signed in. */
import type { Kysely } from 'kysely';
import type { DueClock } from './due-clock.ts';
import type { NewSsoAttempt, SsoAttempt, StoredSignIn, Tables } from './schema.ts';

export type SsoQueries = ReturnType<typeof ssoQueries>;

export function ssoQueries(db: Kysely<Tables>, now: () => string, { dueAt }: DueClock) {
  const selectOpenAttempts = () => db.selectFrom('sso_attempts').where('expires_at', '>', dueAt());
  return {
    /** Counts open attempts up to `limit`. */
    async countOpenAttempts(limit: number): Promise<number> {
      return (await selectOpenAttempts().select('attempt').limit(limit).execute()).length;
    },

    async insertAttempt(attempt: NewSsoAttempt): Promise<void> {
      await db.insertInto('sso_attempts').values(attempt).execute();
    },

    getOpenAttempt: (attempt: string): Promise<SsoAttempt | undefined> =>
      selectOpenAttempts().selectAll().where('attempt', '=', attempt).executeTakeFirst(),

    /** Moves an attempt to its next step. Returns false if it is not at the step `from`, or has expired. */
    async advanceAttempt(attempt: string, from: SsoAttempt['step'], change: Partial<NewSsoAttempt>): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('sso_attempts')
        .set(change)
        .where('attempt', '=', attempt)
        .where('step', '=', from)
        .where('expires_at', '>', dueAt())
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async incrementFailedRedemptions(attempt: string): Promise<void> {
      await db
        .updateTable('sso_attempts')
        .set(({ eb }) => ({ failed_redemptions: eb('failed_redemptions', '+', 1) }))
        .where('attempt', '=', attempt)
        .execute();
    },

    async deleteAttempt(attempt: string): Promise<void> {
      await db.deleteFrom('sso_attempts').where('attempt', '=', attempt).execute();
    },

    async insertSignIn(signIn: StoredSignIn): Promise<void> {
      await db.insertInto('sign_ins').values(signIn).execute();
    },

    /** Also returns an ended sign-in. */
    getSignIn: (signIn: string): Promise<StoredSignIn | undefined> =>
      db.selectFrom('sign_ins').selectAll().where('sign_in', '=', signIn).executeTakeFirst(),

    async isSignInActive(signIn: string): Promise<boolean> {
      const row = await db
        .selectFrom('sign_ins')
        .select('sign_in')
        .where('sign_in', '=', signIn)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', now())
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Changes an active sign-in of this refresh generation. Returns false if it has another one, or has ended. */
    async updateSignIn(signIn: string, generation: number, change: Partial<StoredSignIn>): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('sign_ins')
        .set(change)
        .where('sign_in', '=', signIn)
        .where('refresh_generation', '=', generation)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Ends a sign-in and deletes the provider's refresh token. Returns false if it had already ended. */
    async endSignIn(signIn: string): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('sign_ins')
        .set({ ended_at: now(), refresh_token: null })
        .where('sign_in', '=', signIn)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Deletes at most `limit` expired rows of each table, and returns the higher of both numbers. */
    async prune(limit: number): Promise<number> {
      const expiredAttempts = db
        .selectFrom('sso_attempts')
        .select('attempt')
        .where('expires_at', '<=', dueAt())
        .limit(limit);
      const expiredSignIns = db.selectFrom('sign_ins').select('sign_in').where('expires_at', '<=', now()).limit(limit);
      const attempts = await db.deleteFrom('sso_attempts').where('attempt', 'in', expiredAttempts).executeTakeFirst();
      const signIns = await db.deleteFrom('sign_ins').where('sign_in', 'in', expiredSignIns).executeTakeFirst();
      return Math.max(Number(attempts.numDeletedRows), Number(signIns.numDeletedRows));
    },
  };
}
