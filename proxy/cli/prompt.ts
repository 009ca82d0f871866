/** What is asked of whoever runs a command: on standard input, so that it stands in no shell history and no process list. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * The first line of standard input; empty where there is none.
 * @param prompt is shown where somebody types.
 */
export async function promptLine(prompt: string): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write(prompt);
  const lines = createInterface({ input: process.stdin });
  const [line] = (await Promise.race([once(lines, 'line'), once(lines, 'close')])) as [string?];
  lines.close();
  return line?.trim() ?? '';
}
