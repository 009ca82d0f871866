/** A look at a whole deployment, or at one token, printed line by line as it goes. */

import { listSettingFiles, readConfig } from '../config/config.ts';
import { systemClock } from '../util/clock.ts';
import { SettingsError } from '../util/errors.ts';
import { formatResult, ok } from './check-result.ts';
import { runChecks } from './run-checks.ts';
import { checkToken } from './token.ts';

export interface DoctorOptions {
  /** The settings, by their names; by default those of this process. */
  environment?: NodeJS.ProcessEnv | undefined;
  /** The only thing to look at, where one is given. */
  token?: string | undefined;
}

/**
 * Answers the exit code: 0 where nothing failed, 1 where something did, 78 where the settings cannot work.
 */
export async function printReport(
  write: (text: string) => void,
  { environment, token }: DoctorOptions = {},
): Promise<number> {
  /** Prints findings and answers whether none of them is a failure. */
  function print(findings: { level: 'ok' | 'warn' | 'fail'; message: string; fix?: string }[]): boolean {
    write(findings.map(formatResult).join(''));
    return findings.every(({ level }) => level !== 'fail');
  }

  try {
    print([ok(`Node ${process.versions.node}`)]);
    const config = readConfig(environment);
    print([ok('the settings can be read')]);
    let exitCode = 0;
    const looks =
      token === undefined
        ? runChecks(config, listSettingFiles(environment), systemClock)
        : [checkToken(token, config, systemClock)];
    for (const findings of looks) {
      if (!print(await findings)) exitCode = 1;
    }
    return exitCode;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    print(error.errors.map((fault) => ({ level: 'fail', message: fault })));
    return 78;
  }
}
