/**
 * Which way the house's imports run, as one table to read and to amend. A place is a folder or a file directly under
 * proxy/ or widget/. `name: types` allows types only.
 */

/** Read by everybody: facts without behaviour. */
const LEAVES = [
  'answer',
  'backoff',
  'contract',
  'clock',
  'config',
  'errors',
  'log',
  'metrics',
  'repeats',
  'secret',
  'settings',
  'trace',
];

/** What each place of the proxy may import, itself aside. */
export const PROXY: Readonly<Record<string, readonly string[]>> = {
  answer: [],
  asked: [],
  backoff: [],
  contract: [],
  clock: [],
  errors: ['contract: types'],
  settings: ['contract'],
  config: ['contract', 'errors', 'secret', 'settings'],
  log: ['repeats', 'trace'],
  metrics: [],
  repeats: ['clock'],
  secret: [],
  trace: [],
  node: [],

  evalon: LEAVES,
  ats: LEAVES,
  store: LEAVES,
  auth: LEAVES,
  stream: [...LEAVES, 'store', 'auth'],
  sessions: [...LEAVES, 'evalon', 'ats', 'store', 'stream', 'auth'],
  'sign-in': [...LEAVES, 'store', 'auth', 'sessions'],
  http: [...LEAVES, 'sessions', 'sign-in', 'auth', 'stream', 'store: types'],
  sandbox: ['contract'],

  context: [...LEAVES, 'evalon', 'ats', 'store', 'auth', 'stream', 'sessions', 'sign-in', 'sandbox'],
  app: [...LEAVES, 'context', 'http', 'sandbox'],
  server: [...LEAVES, 'app', 'context'],
  main: [...LEAVES, 'node', 'server'],
  admin: [...LEAVES, 'asked'],
  doctor: [...LEAVES, 'asked', 'node', 'evalon', 'ats', 'store', 'auth', 'sign-in'],
};

/** Files that make things. Nowhere else does one place call another's `create…`, `open…`, `start…` or `new`. */
export const MAKERS = ['proxy/context.ts', 'proxy/app.ts', 'proxy/server.ts', 'proxy/main.ts'];

/** Values of the contract that the widget may import; its types are free. None of these files knows zod. */
export const WIDGET_VALUES = ['address', 'routes', 'status', 'candidate'];

/** The only reader of the environment. */
export const ENVIRONMENT_READER = 'proxy/config/config.ts';

/** Packages that belong to one place each. A path that ends in a slash is a folder. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['proxy/store/sqlite.ts', 'proxy/store/vacuum.ts', 'proxy/store/backup.ts', 'proxy/sandbox/'],
  kysely: ['proxy/store/'],
  express: ['proxy/http/', 'proxy/app.ts', 'proxy/sandbox/'],
  jose: ['proxy/auth/'],
  'openid-client': ['proxy/sso/identity-provider.ts'],
  pino: ['proxy/util/log.ts'],
  'prom-client': ['proxy/util/metrics.ts'],
  zod: ['proxy/'],
  lit: ['widget/'],
};

/** Names that the widget must not use: a strict page blocks or reports what they do, or they turn text into markup. */
export const WIDGET_BANS: Readonly<Record<string, string>> = {
  innerHTML: 'render text with a Lit template',
  outerHTML: 'render text with a Lit template',
  insertAdjacentHTML: 'render text with a Lit template',
  unsafeHTML: 'render text with a Lit template',
  unsafeSVG: 'write the SVG as a Lit template',
  styleMap: 'set a custom property with style.setProperty, or use a class',
};

/** Markup that must not stand in a template of the widget. */
export const TEMPLATE_BANS: readonly { pattern: RegExp; fix: string }[] = [
  { pattern: /(?<![\w.-])style\s*=/i, fix: 'use a class, `.style=` or style.setProperty' },
  { pattern: /<style[\s>]/i, fix: 'use static styles' },
  { pattern: /<script[\s>]/i, fix: 'import the module' },
  { pattern: /\son\w+\s*=/i, fix: 'listen with @event' },
];
