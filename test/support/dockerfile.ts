/** Reads `deploy/Dockerfile`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';

export interface DockerInstruction {
  keyword: string;
  /** The arguments, without flags such as `--from`. */
  text: string;
}

export const ROOT = join(import.meta.dirname, '../..');
export const DOCKERFILE = readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8');

/** Returns the instructions of each stage, without `FROM`. */
export function readStages(): DockerInstruction[][] {
  const stages: DockerInstruction[][] = [];
  for (const instruction of DockerfileParser.parse(DOCKERFILE).getInstructions()) {
    const keyword = instruction.getKeyword();
    const text = instruction
      .getArguments()
      .map((argument) => argument.getValue())
      .join(' ');
    if (keyword === 'FROM') stages.push([]);
    else stages.at(-1)?.push({ keyword, text });
  }
  return stages;
}

/** Returns the arguments of the last stage's only instruction with this keyword. */
export function getArguments(keyword: string): string {
  const found =
    readStages()
      .at(-1)
      ?.filter((instruction) => instruction.keyword === keyword) ?? [];
  if (found.length !== 1) throw new Error(`deploy/Dockerfile has no single ${keyword}`);
  return String(found[0]?.text);
}

/** Parses the command of `CMD` or `HEALTHCHECK`: a JSON array, so that no shell intercepts signals. */
export function parseCommand(keyword: 'CMD' | 'HEALTHCHECK'): string[] {
  return JSON.parse(getArguments(keyword).replace(/^CMD /, ''));
}
