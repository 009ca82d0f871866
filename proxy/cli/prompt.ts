/** Reads a text from standard input, to keep the text out of the shell's history and the process list. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * Returns the first line, or '' if there is none.
 * @param prompt shown in a terminal only.
 */
export async function promptLine(prompt: string): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write(prompt);
  const reader = createInterface({ input: process.stdin });
  const [line] = (await Promise.race([once(reader, 'line'), once(reader, 'close')])) as [string?];
  reader.close();
  return line?.trim() ?? '';
}
