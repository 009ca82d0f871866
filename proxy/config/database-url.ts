/** Distinguishes the URL of a PostgreSQL database from the path of an SQLite file. */

export function isPostgresUrl(url: string): boolean {
  return /^postgres(ql)?:\/\//.test(url);
}
