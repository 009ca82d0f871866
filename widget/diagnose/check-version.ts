/** Checks whether the page's code is that of the proxy's current release. */
import { type Finding, ok, warn } from './finding.ts';

/** The version of the npm package. Only its build defines this. */
declare const PACKAGE_VERSION: string;

/**
 * @param loader the code of the proxy's loader. It names the file of this module, whose name has a hash.
 * @param moduleUrl the URL of this module.
 * @param pinned the version that the page names on purpose.
 */
export function checkVersion(loader: string, moduleUrl: string, pinned: string | undefined): Finding {
  // A bundler of the page names the files, so the package's files can't be compared with the proxy's.
  if (import.meta.env.MODE === 'package') {
    return ok('version', `The page bundles the npm package evalon-ats-widget ${PACKAGE_VERSION}.`);
  }
  if (pinned) return ok('version', `The page is pinned to version ${pinned}.`);
  const file = new URL(moduleUrl).pathname.split('/').at(-1) ?? '';
  return loader.includes(file)
    ? ok('version', "The page has the widget of the proxy's current release.")
    : warn('version', 'The proxy has another version of the widget than this page.', 'Reload the page.');
}
