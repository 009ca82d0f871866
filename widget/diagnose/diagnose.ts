/**
 * `EvalonWidget.diagnose()`: prints into the page's console what is wrong with an embed. The loader imports this module
 * on demand. This module has no static import of the elements, because it also explains why they can't be loaded.
 */
import type { EvalonWidgetSettings } from '../package/settings.ts';
import { checkElements, findElements } from './check-elements.ts';
import { checkProxy } from './check-proxy.ts';
import { checkAcceptance, checkToken, readClaims } from './check-token.ts';
import { checkVersion } from './check-version.ts';
import { type Finding, fail, ok, warn } from './finding.ts';
import { explainBlockedScript, observePolicy } from './policy.ts';

const TAGS = [
  'evalon-assessments',
  'evalon-cohort',
  'evalon-inbox',
  'evalon-invite-button',
  'evalon-results',
  'evalon-scorecard',
  'evalon-status',
];
const PINNED_LOADER = /\/embed\/([^/]+)\.js$/;

/** Prints the findings and returns them. */
export async function diagnose(): Promise<Finding[]> {
  const findings = await check(window.EvalonWidget ?? {});
  for (const finding of findings) print(finding);
  return findings;
}

async function check(settings: EvalonWidgetSettings): Promise<Finding[]> {
  const proxyUrl = (settings.proxyUrl ?? '').replace(/\/+$/, '');
  const { findings, loaderCode = '', getConfig, needsNoToken } = await checkProxy(proxyUrl);
  const elementImport = await observePolicy(() => import('../elements/evalon-assessments/evalon-assessments.ts'));
  const widgetOrigin = new URL(import.meta.url).origin;
  if (elementImport.error !== undefined) findings.push(explainBlockedScript(elementImport, widgetOrigin));
  else findings.push(ok('script', 'The code of the elements is loaded.'));
  if (!getConfig) return findings;

  const scripts = findScripts(widgetOrigin);
  const pinnedVersion = scripts.map(({ src }) => PINNED_LOADER.exec(src)?.[1]).find(Boolean);
  findings.push(checkVersion(loaderCode, import.meta.url, pinnedVersion));
  const tokenCheck = await checkToken(settings, scripts);
  findings.push(...tokenCheck.findings);
  const { token } = tokenCheck;
  const acceptance = token === undefined ? undefined : await checkAcceptance(getConfig, token);
  if (acceptance) findings.push(...acceptance.findings);
  else if (!tokenCheck.findings.length) findings.push(describeSignIn(needsNoToken));

  const offers = acceptance?.config?.['assessments'] as { project_id: string }[] | undefined;
  const claims = token !== undefined && acceptance?.config ? readClaims(token) : undefined;
  findings.push(...checkElements(findElements(TAGS), offers, claims));
  return findings;
}

/** Returns the script tags that load the widget. Calls the prototype's method, as `findElements` does. */
function findScripts(origin: string): HTMLScriptElement[] {
  const scripts = [...Document.prototype.querySelectorAll.call(document, 'script[src]')] as HTMLScriptElement[];
  return scripts.filter(
    ({ src }) => src === `${origin}/embed.js` || (src.startsWith(origin) && PINNED_LOADER.test(src)),
  );
}

/** Describes the sign-in of a page that provides no token. */
function describeSignIn(needsNoToken: boolean | undefined): Finding {
  if (needsNoToken) return ok('token', 'The proxy needs no token: it is a sandbox.');
  if (!isSecureContext) {
    return fail('token', 'The page provides no token, and single sign-on needs https.', 'Serve the page over https.');
  }
  return warn(
    'token',
    'The page provides no token, so recruiters sign in at the company. The rights are not checked here.',
    'If your backend mints tokens, set data-token-url or getToken.',
  );
}

function print({ subject, level, message, fix }: Finding): void {
  const line = `Evalon: ${level} ${subject}: ${message}${fix ? ` → ${fix}` : ''}`;
  const { info, warn: warning, error } = console;
  ({ ok: info, warn: warning, fail: error })[level](line);
}
