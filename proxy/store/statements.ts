/** Statements that are prepared once and kept, the newest: preparing one costs more than running it. */

/** How many are kept. */
const KEPT = 200;

/** Answers a `prepare` that prepares a text anew only when it was not used for long. */
export function cacheStatements<S>(prepare: (sql: string) => S): (sql: string) => S {
  const kept = new Map<string, S>();
  return (sql) => {
    const statement = kept.get(sql) ?? prepare(sql);
    kept.delete(sql);
    kept.set(sql, statement);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return statement;
  };
}
