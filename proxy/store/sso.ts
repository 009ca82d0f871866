/** Queries about single sign-on: sign-ins under way (attempts), and recruiters who are signed in. */
import type { Kysely } from 'kysely';
import type { NewSsoAttempt, SsoAttempt, StoredSignIn, Tables } from './schema.ts';

export type SsoQueries = ReturnType<typeof ssoQueries>;

export function ssoQueries(db: Kysely<Tables>, now: () => string) {
  const openAttempts = () => db.selectFrom('sso_attempts').where('expires_at', '>', now());
  return {
    /** How many are under way, counted up to `limit`. */
    async countOpenAttempts(limit: number): Promise<number> {
      return (await openAttempts().select('attempt').limit(limit).execute()).length;
    },

    async insertAttempt(attempt: NewSsoAttempt): Promise<void> {
      await db.insertInto('sso_attempts').values(attempt).execute();
    },

    /** One that is under way still. */
    getOpenAttempt: (attempt: string): Promise<SsoAttempt | undefined> =>
      openAttempts().selectAll().where('attempt', '=', attempt).executeTakeFirst(),

    /** Takes an attempt from one step to the next; false where it is not at that step, or too late. */
    async advanceAttempt(attempt: string, from: SsoAttempt['step'], change: Partial<NewSsoAttempt>): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('sso_attempts')
        .set(change)
        .where('attempt', '=', attempt)
        .where('step', '=', from)
        .where('expires_at', '>', now())
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

    /** Whether it is over or not. */
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

    /** Changes an active sign-in of this refresh generation; returns false if it has another one. */
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

    /** It is over, and keeps nothing of the provider; false where it was over already. */
    async endSignIn(signIn: string): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('sign_ins')
        .set({ ended_at: now(), refresh_token: null })
        .where('sign_in', '=', signIn)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Forgets what is over by its time, at most so many of each, and answers how many of the more frequent. */
    async prune(most: number): Promise<number> {
      const attempts = await db
        .deleteFrom('sso_attempts')
        .where(
          'attempt',
          'in',
          db.selectFrom('sso_attempts').select('attempt').where('expires_at', '<=', now()).limit(most),
        )
        .executeTakeFirst();
      const signIns = await db
        .deleteFrom('sign_ins')
        .where(
          'sign_in',
          'in',
          db.selectFrom('sign_ins').select('sign_in').where('expires_at', '<=', now()).limit(most),
        )
        .executeTakeFirst();
      return Math.max(Number(attempts.numDeletedRows), Number(signIns.numDeletedRows));
    },
  };
}
