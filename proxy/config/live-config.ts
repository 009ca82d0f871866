/** The current settings. A reload replaces them while the proxy serves. */
import type { Config } from './config.ts';

export interface LiveConfig {
  (): Config;
  /** Applies new settings, except those that need a restart. */
  replace(next: Config): void;
  /** Returns a getter that builds its value again after each reload. */
  derive<T>(build: (config: Config) => T): () => T;
}

export function createLiveConfig(initial: Config): LiveConfig {
  let current = initial;
  return Object.assign(() => current, {
    replace(next: Config) {
      // A reload must not change these three. The proxy reads the other settings of RESTART_ONLY (reload.ts) once, at
      // startup, so they need no protection here.
      const { environment, delivery, isComparisonEnabled } = current;
      current = { ...next, environment, delivery, isComparisonEnabled };
    },
    derive<T>(build: (config: Config) => T): () => T {
      let source = current;
      let value = build(source);
      return () => {
        if (source !== current) {
          source = current;
          value = build(source);
        }
        return value;
      };
    },
  });
}
