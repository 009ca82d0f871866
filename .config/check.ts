/** `npm run check`: what can be told from the sources alone. Each check is one line; what it found follows it. */
import { checks } from './checks.ts';

const outcomes = await Promise.all(
  checks.map(async ({ name, run }) => {
    const { ok, output } = await run();
    process.stdout.write(`${ok ? '✔' : '✖'} ${name}\n${ok ? '' : `${output}\n`}`);
    return ok;
  }),
);

process.exitCode = outcomes.every(Boolean) ? 0 : 1;
