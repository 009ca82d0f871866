/**
 * The extension's manifest for Chrome, Edge and Firefox. Each browser ignores what it does not know: Chrome the background
 * scripts, Firefox the service worker. It requests the hosts of the four ATSs and of the proxy. The recruiter allows any other
 * host in the options.
 */
const ATS_HOSTS = [
  'https://*.greenhouse.io/*',
  'https://hire.lever.co/*',
  'https://hire.sandbox.lever.co/*',
  'https://app.ashbyhq.com/*',
  'https://*.myworkday.com/*',
];

const ANY_HOST = 'https://*/*';

const ICONS = Object.fromEntries([16, 32, 48, 128].map((size) => [size, `icon-${size}.png`]));

/** A public key that gives the unpacked extension the same id on every machine. No private key exists for it. */
const KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApBYql34cyp5mw4YNBLwHbdMeb/lk+lUWCoT/NqH24omlmVqTUV28t/WfWdA8SMwhBqu/rVytDL3mAkYI3JOr2J2pdBsQKV20nkxfq1graZSoTfIVQfqFuRSC1+YQ3iWhFpcDebKxYA4Vuo1VYLFicwaXYAuHv2Cccswr+pI3Yi8xqcyIetsR6NI6j49lmt7bKecWbNfPgZisapTkXTtiKmvllizVR664952t0Q55wEz4JaiMbMeLRrUwfQU6exzhpzxaU2tymwSbez0CAkNZWx1/qTjqH7OBm52YbV2EP7KBlqH8gBY5DISbloSu8KJSCX89qhKMsQUdoCS9Ildn6QIDAQAB';

/**
 * Removes trailing slashes from the proxy's address.
 * @throws if the address is neither https nor on this machine
 */
export function validateProxyUrl(text: string): string {
  const proxyUrl = text.replace(/\/+$/, '');
  if (proxyUrl && !/^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$)/.test(proxyUrl)) {
    throw new Error('EXTENSION_PROXY_URL must be an https address, or an http address of this machine.');
  }
  return proxyUrl;
}

/** @param proxyUrl if empty, the options ask for it */
export function buildManifest(version: string, proxyUrl: string): object {
  const proxy = proxyUrl ? new URL(proxyUrl) : undefined;
  // A match pattern has no port and covers all ports.
  const host = proxy && `${proxy.protocol}//${proxy.hostname}/*`;
  const isSandbox = proxy?.protocol === 'http:';
  const pages = [...ATS_HOSTS, ...(isSandbox ? [`${proxy.protocol}//${proxy.hostname}/mock-ats/*`] : [])];
  return {
    manifest_version: 3,
    name: 'Evalon assessments',
    version,
    description: 'Evalon assessments beside the candidate in Greenhouse, Lever, Ashby and Workday.',
    key: KEY,
    minimum_chrome_version: '122',
    browser_specific_settings: {
      gecko: {
        id: 'assessments@evalon-ats-widget.invalid',
        strict_min_version: '140.0',
        data_collection_permissions: { required: ['personallyIdentifyingInfo'] },
      },
    },
    permissions: ['alarms', 'identity', 'scripting', 'storage'],
    host_permissions: [...ATS_HOSTS, ...(host ? [host] : [])],
    optional_host_permissions: [ANY_HOST, ...(host ? [] : ['http://127.0.0.1/*', 'http://localhost/*'])],
    background: { service_worker: 'background.js', scripts: ['background.js'], type: 'module' },
    content_scripts: [{ matches: pages, js: ['content.js'], run_at: 'document_end' }],
    // The build does not know the hosts that the recruiter allows later. The dynamic address hides the document from pages.
    web_accessible_resources: [
      { resources: ['panel.html'], matches: [ANY_HOST, ...(isSandbox ? [host] : [])], use_dynamic_url: true },
    ],
    icons: ICONS,
    action: { default_popup: 'inbox.html', default_title: 'Evalon assessments', default_icon: ICONS },
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
        "require-trusted-types-for 'script'",
        'trusted-types evalon-widget',
      ].join('; '),
    },
  };
}
