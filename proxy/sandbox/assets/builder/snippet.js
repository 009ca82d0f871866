/*
 * What a page needs for the widget, as text, out of what was chosen. Every value that somebody typed is escaped for the
 * place it stands in; the policy names exactly what the text needs, the hashes of its own inline parts included.
 */

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const attribute = (name, value) => `${name}="${String(value).replace(/[&<>"]/g, (letter) => ESCAPES[letter])}"`;
const inScript = (value) =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replace(/^"|"$/g, "'").replaceAll('\\"', '"');

/** The element with its attributes: `[name, value]`, those without a value left out. */
export function elementOf({ tag, attributes }) {
  const told = attributes.filter(([, value]) => value).map(([name, value]) => `\n  ${attribute(name, value)}`);
  return `<${tag}${told.join('')}></${tag}>`;
}

/** A rule for the element, or nothing where everything is as the widget has it. */
export function ruleOf({ tag, theme, properties }) {
  const lines = [
    ...(theme === 'auto' ? [] : [`color-scheme: ${theme};`]),
    ...properties.map(([name, value]) => `--evalon-${name}: ${value};`),
  ];
  return lines.length ? `${tag} {\n${lines.map((line) => `  ${line}\n`).join('')}}` : '';
}

function tokenScript(path) {
  return `
  window.EvalonWidget = {
    getToken: async () => {
      const response = await fetch(${inScript(path)}, { method: 'POST' });
      return (await response.json()).token;
    },
  };
`;
}

/** Everything at once. */
export async function snippetOf(wishes) {
  const { proxy, ats, sign, token } = wishes;
  const rule = ruleOf(wishes);
  const style = rule && `\n${rule}\n`;
  const script = sign === 'function' ? tokenScript(token) : '';
  const head = [
    ...(script ? [`<script>${script}</script>`] : []),
    `<script ${attribute('src', `${proxy}/embed.js`)}${sign === 'url' ? ` ${attribute('data-token-url', token)}` : ''} async></script>`,
    ...(style ? [`<style>${style}</style>`] : []),
  ].join('\n');
  const element = elementOf(wishes);
  const { origin } = new URL(proxy);
  const own = sign !== 'nobody' && origin !== ats ? ["'self'"] : [];
  const directives = [
    ['script-src', origin, ...(script ? [await hashOf(script)] : [])],
    ['connect-src', origin, ...own],
    ...(style ? [['style-src', await hashOf(style)]] : []),
  ].map((directive) => directive.join(' '));
  return {
    head,
    element,
    policy: directives.join('; '),
    settings: settingsOf(wishes),
    page: pageOf({ head, element, policy: ["default-src 'none'", ...directives].join('; ') }),
  };
}

/** Where the proxy listens unless told otherwise. */
const USUAL_PORT = '8787';

function settingsOf({ proxy, ats, sandbox }) {
  if (new URL(proxy).origin === ats) return '# The pages and the proxy share one address: nothing to allow.';
  if (proxy !== sandbox) return `ALLOWED_ORIGINS=${ats}`;
  const { port } = new URL(sandbox);
  return `${port === USUAL_PORT ? '' : `PORT=${port} `}ALLOWED_ORIGINS=${ats} npm start`;
}

function pageOf({ head, element, policy }) {
  const lines = [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="content-security-policy" ${attribute('content', policy)}>`,
    '<meta name="viewport" content="width=device-width">',
    '<meta name="color-scheme" content="light dark">',
    '<title>The widget on a page of mine</title>',
    head,
    '<h1>A candidate</h1>',
    element,
    '</html>',
  ];
  return `${lines.join('\n')}\n`;
}

/** As a policy names an inline script or style. */
async function hashOf(text) {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(bytes)))}'`;
}
