/**
 * The extension's manifest for Chrome, Edge and Firefox. Each browser ignores the keys that it does not know: Chrome
 * ignores the background scripts and the sidebar, Firefox ignores the service worker and the side panel. The manifest
 * requests access to the hosts of the four ATSs and of the proxy. The recruiter allows other hosts in the options.
 */
import { GREENHOUSE_HOSTS } from '../../proxy/contract/built-in-page-adapters.ts';

const ATS_HOSTS = [
  ...GREENHOUSE_HOSTS,
  'hire.lever.co',
  'hire.sandbox.lever.co',
  'app.ashbyhq.com',
  '*.myworkday.com',
].map((host) => `https://${host}/*`);

const ANY_HOST = 'https://*/*';

export const FIREFOX_ID = 'assessments@evalon-ats-widget.invalid';
/** The browser replaces this with the text `name` of `_locales`. */
const NAME = '__MSG_name__';
const ICONS = Object.fromEntries([16, 32, 48, 128].map((size) => [size, `icon-${size}.png`]));
const PANEL = 'panel.html';
const SHORTCUT = 'Alt+Shift+E';

/**
 * Removes trailing slashes from the proxy's URL. Accepts an empty text.
 * @throws unless the URL is https or on this machine
 */
export function validateProxyUrl(text: string): string {
  const proxyUrl = text.replace(/\/+$/, '');
  if (proxyUrl && !/^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$)/.test(proxyUrl)) {
    throw new Error('EXTENSION_PROXY_URL must be an https address, or an http address of this machine.');
  }
  return proxyUrl;
}

/** The keys of a manifest that the build for a browser changes. */
export interface ExtensionManifest {
  permissions: string[];
  background: { service_worker?: string; scripts: string[]; type: 'module' };
  [key: string]: unknown;
}

/** Removes keys and permissions that Firefox does not know, because Mozilla's linter warns of them. */
export function toFirefoxManifest(manifest: ExtensionManifest): ExtensionManifest {
  const { minimum_chrome_version: _, side_panel: __, permissions, background, ...rest } = manifest;
  const { service_worker: ___, ...firefoxBackground } = background;
  return {
    ...rest,
    permissions: permissions.filter((name) => name !== 'sidePanel'),
    background: firefoxBackground,
  };
}

/**
 * Builds the manifest of the store build.
 * @param proxyUrl if empty, the recruiter enters the URL in the options
 */
export function buildManifest(version: string, proxyUrl: string): ExtensionManifest {
  const proxy = proxyUrl ? new URL(proxyUrl) : undefined;
  // A match pattern has no port and covers all ports.
  const proxyPattern = proxy && `${proxy.protocol}//${proxy.hostname}/*`;
  // Only a sandbox is reached over http. It contains a mock ATS.
  const isSandbox = proxy?.protocol === 'http:';
  const contentScriptPatterns = [
    ...ATS_HOSTS,
    ...(isSandbox ? [`${proxy.protocol}//${proxy.hostname}/mock-ats/*`] : []),
  ];
  return {
    manifest_version: 3,
    name: NAME,
    version,
    description: '__MSG_description__',
    default_locale: 'en',
    minimum_chrome_version: '122',
    browser_specific_settings: {
      gecko: {
        id: FIREFOX_ID,
        strict_min_version: '142.0',
        data_collection_permissions: { required: ['personallyIdentifyingInfo'] },
      },
    },
    permissions: ['alarms', 'identity', 'scripting', 'sidePanel', 'storage'],
    host_permissions: [...ATS_HOSTS, ...(proxyPattern ? [proxyPattern] : [])],
    optional_host_permissions: [ANY_HOST, ...(proxyPattern ? [] : ['http://127.0.0.1/*', 'http://localhost/*'])],
    background: { service_worker: 'background.js', scripts: ['background.js'], type: 'module' },
    content_scripts: [{ matches: contentScriptPatterns, js: ['content.js'], run_at: 'document_end' }],
    icons: ICONS,
    action: { default_title: NAME, default_icon: ICONS },
    commands: { _execute_action: { suggested_key: { default: SHORTCUT } } },
    side_panel: { default_path: PANEL },
    sidebar_action: { default_panel: PANEL, default_title: NAME, default_icon: ICONS, open_at_install: false },
    options_ui: { page: 'options.html', open_in_tab: true },
    storage: { managed_schema: 'policy.json' },
    content_security_policy: {
      extension_pages: [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        `connect-src ${proxy?.origin ?? 'https: http://127.0.0.1:* http://localhost:*'}`,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        'trusted-types evalon-widget',
      ].join('; '),
    },
  };
}
