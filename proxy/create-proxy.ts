/** The API of the npm package: the proxy in a company's own Express app, or as a server of its own. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createApp } from './app.ts';
import { readConfig } from './config/config.ts';
import type { SettingName } from './config/settings.ts';
import { type Context, createContext } from './context.ts';
import { CLOSE_TIMEOUT_MS, respondStarting, startProxy as startServer } from './server.ts';
import { SettingsError } from './util/errors.ts';

/** The settings by the names of their environment variables. Also `NAME_FILE`: the path of a file with the value. */
export type ProxySettings = { readonly [Name in SettingName | `${SettingName}_FILE`]?: string | undefined };

export interface MountedProxy {
  /**
   * Mount the router before body parsers and compression, at the path of `PUBLIC_URL`. It responds with 503 until
   * `start` has resolved, and again after `stop`.
   */
  router(request: IncomingMessage, response: ServerResponse): void;
  /** Opens the database and starts the background jobs. */
  start(): Promise<void>;
  /** Ends streams and jobs, lets requests in progress finish, and closes the database. */
  stop(): Promise<void>;
}

/**
 * Creates a proxy to mount in an Express app. Reads no environment variables.
 * @param settings `PUBLIC_URL` includes the path at which the app mounts the proxy.
 * @throws an error that lists all invalid settings. `start` rejects if the database cannot be used.
 */
export function createProxy(settings: ProxySettings): MountedProxy {
  const config = readConfig(settings);
  const { publicUrl } = config;
  if (config.isSandbox) throw new SettingsError(['a mounted proxy has no sandbox mode: set EVALON_BASE_URL']);
  if (!publicUrl) {
    throw new SettingsError(['PUBLIC_URL is missing: set the URL of the path at which your app mounts the proxy']);
  }
  const responses = new Set<ServerResponse>();
  let handleRequest = respondStarting;
  let starting: Promise<Context> | undefined;
  let stopping: Promise<void> | undefined;

  async function start(): Promise<Context> {
    const context = await createContext(config, publicUrl as string);
    try {
      handleRequest = createApp(context);
    } catch (error) {
      await context.stop();
      await context.store.close();
      throw error;
    }
    return context;
  }

  async function stop(): Promise<void> {
    const context = await starting;
    handleRequest = respondStarting;
    if (!context) return;
    context.beginDrain();
    const finished = [...responses].map((response) => new Promise((resolve) => response.once('close', resolve)));
    const cancelTimeout = context.clock.runAfter(CLOSE_TIMEOUT_MS, () => {
      for (const response of responses) response.destroy();
    });
    await Promise.all([context.stop(), ...finished]);
    cancelTimeout();
    await context.store.close();
  }

  return {
    router(request, response) {
      responses.add(response);
      response.once('close', () => responses.delete(response));
      handleRequest(request, response);
    },
    async start() {
      starting ??= start();
      await starting;
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

export interface StartedProxy {
  /** The URL in browsers. */
  url: string;
  /** Ends streams and jobs, lets requests in progress finish, and closes the database. */
  stop(): Promise<void>;
}

/**
 * Starts the proxy as a server of its own. Reads no environment variables.
 * @throws an error that lists all invalid settings, or if the address or the database cannot be used.
 */
export async function startProxy(settings: ProxySettings): Promise<StartedProxy> {
  const { url, close } = await startServer(readConfig(settings));
  return { url, stop: close };
}
