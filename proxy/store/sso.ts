/** Queries about single sign-on: sign-ins under way (attempts), and recruiters who are signed in. */
import type { Kysely } from 'kysely';
import type { NewSsoAttempt, SsoAttempt, StoredSignIn, Tables } from './schema.ts';

export type SsoQueries = ReturnType<typeof ssoQueries>;

export function ssoQueries(db: Kysely<Tables>, now: () => string) {
  const openAttempts = () => db.selectFrom('attempts').where('expires_at', '>', now());
  return {
    /** How many are under way, counted up to `limit`. */
    async countOpenAttempts(limit: number): Promise<number> {
      return (await openAttempts().select('attempt').limit(limit).execute()).length;
    },

    async insertAttempt(attempt: NewSsoAttempt): Promise<void> {
      await db.insertInto('attempts').values(attempt).execute();
    },

    /** One that is under way still. */
    getOpenAttempt: (attempt: string): Promise<SsoAttempt | undefined> =>
      openAttempts().selectAll().where('attempt', '=', attempt).executeTakeFirst(),

    /** Takes an attempt from one step to the next; false where it is not at that step, or too late. */
    async advanceAttempt(attempt: string, from: SsoAttempt['step'], change: Partial<NewSsoAttempt>): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('attempts')
        .set(change)
        .where('attempt', '=', attempt)
        .where('step', '=', from)
        .where('expires_at', '>', now())
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async incrementTries(attempt: string): Promise<void> {
      await db
        .updateTable('attempts')
        .set(({ eb }) => ({ tries: eb('tries', '+', 1) }))
        .where('attempt', '=', attempt)
        .execute();
    },

    async deleteAttempt(attempt: string): Promise<void> {
      await db.deleteFrom('attempts').where('attempt', '=', attempt).execute();
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

    /** Changes one that is not over and stands at `turn`; false where it does not. */
    async updateSignIn(signIn: string, turn: number, change: Partial<StoredSignIn>): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('sign_ins')
        .set(change)
        .where('sign_in', '=', signIn)
        .where('turn', '=', turn)
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
        .deleteFrom('attempts')
        .where(
          'attempt',
          'in',
          db.selectFrom('attempts').select('attempt').where('expires_at', '<=', now()).limit(most),
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
