/** A look at a whole deployment, or at one token, printed line by line as it goes. */

import { readConfig, settingFiles } from '../config/config.ts';
import { systemClock } from '../util/clock.ts';
import { SettingsError } from '../util/errors.ts';
import { lineOf, ok } from './check-result.ts';
import { examine } from './run-checks.ts';
import { lookAtToken } from './token.ts';

export interface Subject {
  /** The settings, by their names; by default those of this process. */
  environment?: NodeJS.ProcessEnv | undefined;
  /** The only thing to look at, where one is given. */
  token?: string | undefined;
}

/**
 * Answers the exit code: 0 where nothing failed, 1 where something did, 78 where the settings cannot work.
 */
export async function report(write: (text: string) => void, { environment, token }: Subject = {}): Promise<number> {
  /** Prints findings and answers whether none of them is a failure. */
  function print(findings: { level: 'ok' | 'warn' | 'fail'; seen: string; fix?: string }[]): boolean {
    write(findings.map(lineOf).join(''));
    return findings.every(({ level }) => level !== 'fail');
  }

  try {
    print([ok(`Node ${process.versions.node}`)]);
    const config = readConfig(environment);
    print([ok('the settings can be read')]);
    let exitCode = 0;
    const looks =
      token === undefined
        ? examine(config, settingFiles(environment), systemClock)
        : [lookAtToken(token, config, systemClock)];
    for (const findings of looks) {
      if (!print(await findings)) exitCode = 1;
    }
    return exitCode;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    print(error.faults.map((fault) => ({ level: 'fail', seen: fault })));
    return 78;
  }
}
