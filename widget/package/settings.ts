/** The page's settings on `window.EvalonWidget`. */

/** Returns a recruiter token. */
export type TokenProvider = () => Promise<string> | string;

/** A page may set these before the script tag; the loader adds the rest. */
export interface EvalonWidgetSettings {
  getToken?: TokenProvider;
  /** Same-origin URL that returns `{token}` for a POST. */
  tokenUrl?: string;
  /** URL of the proxy; by default the origin of the script. */
  proxyUrl?: string;
  /** Loads all elements now. The loader finds no elements in shadow roots. */
  load?: () => Promise<unknown>;
  /** Prints into the console what is wrong with the embed, and returns it. */
  diagnose?: () => Promise<Finding[]>;
}

/** The result of one check of `EvalonWidget.diagnose()`. */
export interface Finding {
  subject: 'script' | 'policy' | 'proxy' | 'origin' | 'version' | 'token' | 'project' | 'element';
  level: 'ok' | 'warn' | 'fail';
  /** Contains no token and no data about a candidate. */
  message: string;
  /** What the page's developer or IT can do. */
  fix?: string;
}

declare global {
  interface Window {
    EvalonWidget?: EvalonWidgetSettings;
  }
}
