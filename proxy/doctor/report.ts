/** Runs the doctor and prints each result as soon as its check ends. */
import { type Config, readConfig } from '../config/config.ts';
import { listSettingFiles } from '../config/environment.ts';
import { systemClock } from '../util/clock.ts';
import { SettingsError } from '../util/errors.ts';
import { type CheckResult, formatResult, ok, runCheck } from './check-result.ts';
import { runChecks } from './run-checks.ts';
import { checkScorecard } from './scorecard.ts';
import { checkToken } from './token.ts';

export interface DoctorOptions {
  /** Default: the environment of this process. */
  environment?: NodeJS.ProcessEnv | undefined;
  /** If set, the doctor checks only this token. */
  token?: string | undefined;
  /** If set, the doctor only reads the scorecard of this session. */
  sessionUuid?: string | undefined;
}

/** Returns the exit code: 0 if nothing failed, 1 if a check failed, 78 if the settings are invalid. */
export async function printReport(
  write: (text: string) => void,
  { environment, token, sessionUuid }: DoctorOptions = {},
): Promise<number> {
  const print = (results: readonly CheckResult[]) => write(results.map(formatResult).join(''));
  try {
    print([ok(`Node ${process.versions.node}`)]);
    const config = readConfig(environment);
    print([ok('the settings are valid')]);
    const checks = startChecks(config, { environment, token, sessionUuid });
    let hasFailed = false;
    for (const check of checks) {
      const results = await check;
      print(results);
      hasFailed ||= results.some(({ level }) => level === 'fail');
    }
    return hasFailed ? 1 : 0;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    print(error.errors.map((message) => ({ level: 'fail', message })));
    return 78;
  }
}

/** Starts the one check that the options ask for, or else all checks of the deployment. */
function startChecks(config: Config, { environment, token, sessionUuid }: DoctorOptions): Promise<CheckResult[]>[] {
  if (token !== undefined) return [checkToken(token, config, systemClock)];
  if (sessionUuid !== undefined) {
    return [
      runCheck(systemClock, 'the scorecard', (signal) => checkScorecard(sessionUuid, config, systemClock, signal)),
    ];
  }
  return runChecks(config, listSettingFiles(environment), systemClock);
}
