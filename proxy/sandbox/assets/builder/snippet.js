/*
 * Builds the code to copy. Escapes each value for HTML or JavaScript. The content security policy allows exactly what
 * this code needs, with a hash for each inline script and style.
 */

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/* The proxy's port if `PORT` is not set. */
const DEFAULT_PORT = '8787';

/*
 * Returns the texts to copy: `{head, pinned, element, policy, settings, page}`. Omits `pinned` if the sandbox has no
 * pinned file.
 */
export async function buildSnippets(options) {
  const { proxyUrl, atsOrigin, signIn, version, integrity } = options;
  const rule = buildStyleRule(options);
  const style = rule && `\n${rule}\n`;
  const script = signIn === 'function' ? buildTokenScript(options) : '';
  const head = [
    ...(script ? [`<script>${script}</script>`] : []),
    buildScriptTag(options, { path: '/embed.js' }),
    ...(style ? [`<style>${style}</style>`] : []),
  ].join('\n');
  const element = buildElement(options);
  const proxyOrigin = new URL(proxyUrl).origin;
  /* The page fetches the token from its own origin. */
  const needsSelf = signIn !== 'none' && proxyOrigin !== atsOrigin;
  const directives = [
    ['script-src', proxyOrigin, ...(script ? [await hashSource(script)] : [])],
    ['connect-src', proxyOrigin, ...(needsSelf ? ["'self'"] : [])],
    ...(style ? [['style-src', await hashSource(style)]] : []),
  ].map((directive) => directive.join(' '));
  return {
    head,
    ...(version && { pinned: buildScriptTag(options, { path: `/embed/${version}.js`, integrity }) }),
    element,
    policy: directives.join('; '),
    settings: buildSettings(options),
    page: buildPage({ head, element, policy: ["default-src 'none'", ...directives].join('; ') }),
  };
}

function buildScriptTag({ proxyUrl, signIn, tokenPath }, { path, integrity }) {
  const attributes = [
    formatAttribute('src', proxyUrl + path),
    ...(integrity ? [formatAttribute('integrity', integrity)] : []),
    ...(signIn === 'url' ? [formatAttribute('data-token-url', tokenPath)] : []),
  ];
  return `<script type="module" ${attributes.join(' ')}></script>`;
}

function buildTokenScript({ tokenPath }) {
  return `
  window.EvalonWidget = {
    getToken: async () => {
      const response = await fetch(${formatScriptString(tokenPath)}, { method: 'POST' });
      return (await response.json()).token;
    },
  };
`;
}

/* Omits attributes without a value. */
function buildElement({ tag, attributes }) {
  const lines = attributes.filter(([, value]) => value).map(([name, value]) => `\n  ${formatAttribute(name, value)}`);
  return `<${tag}${lines.join('')}></${tag}>`;
}

/* Returns an empty string if every property has its default. */
function buildStyleRule({ tag, theme, properties }) {
  const lines = [
    ...(theme === 'auto' ? [] : [`color-scheme: ${theme};`]),
    ...properties.map(([name, value]) => `--evalon-${name}: ${value};`),
  ];
  return lines.length ? `${tag} {\n${lines.map((line) => `  ${line}\n`).join('')}}` : '';
}

function buildSettings({ proxyUrl, atsOrigin, sandboxOrigin }) {
  const isSameOrigin = new URL(proxyUrl).origin === atsOrigin;
  if (isSameOrigin) return '# The pages and the proxy share one origin. No setting is needed.';
  if (proxyUrl !== sandboxOrigin) return `ALLOWED_ORIGINS=${atsOrigin}`;
  const { port } = new URL(sandboxOrigin);
  return `${port === DEFAULT_PORT ? '' : `PORT=${port} `}ALLOWED_ORIGINS=${atsOrigin} npm start`;
}

function buildPage({ head, element, policy }) {
  const lines = [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="content-security-policy" ${formatAttribute('content', policy)}>`,
    '<meta name="viewport" content="width=device-width">',
    '<meta name="color-scheme" content="light dark">',
    '<title>Evalon widget test page</title>',
    head,
    '<h1>A candidate</h1>',
    element,
    '</html>',
  ];
  return `${lines.join('\n')}\n`;
}

function formatAttribute(name, value) {
  return `${name}="${String(value).replace(/[&<>"]/g, (character) => ESCAPES[character])}"`;
}

/* Returns a JavaScript string in single quotes. `\u003c` keeps the string from closing the script element. */
function formatScriptString(value) {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return json.replaceAll("'", '\\u0027').replace(/^"|"$/g, "'").replaceAll('\\"', '"');
}

/* Returns the source expression that allows an inline script or style. */
async function hashSource(text) {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(bytes)))}'`;
}
