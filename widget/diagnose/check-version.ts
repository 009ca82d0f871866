/** Checks whether the page runs the widget of the proxy's current release. */
import { type Finding, ok, warn } from './finding.ts';

/** The version of the npm package. Only the build of the package defines this constant. */
declare const PACKAGE_VERSION: string;

/**
 * @param loaderCode the code of the proxy's current loader. It imports the current version of this module by file name.
 * @param moduleUrl the URL of this module.
 * @param pinnedVersion the version in the URL of the page's pinned file; undefined if the page has none.
 */
export function checkVersion(loaderCode: string, moduleUrl: string, pinnedVersion: string | undefined): Finding {
  // The page's bundler chooses the file names, so they can't be compared with the proxy's.
  if (import.meta.env.MODE === 'package') {
    return ok('version', `The page bundles the npm package evalon-ats-widget ${PACKAGE_VERSION}.`);
  }
  if (pinnedVersion) return ok('version', `The page is pinned to version ${pinnedVersion}.`);
  // The name contains a hash of the module's content.
  const file = new URL(moduleUrl).pathname.split('/').at(-1) ?? '';
  return loaderCode.includes(file)
    ? ok('version', "The page has the widget of the proxy's current release.")
    : warn('version', 'The proxy has another version of the widget than this page.', 'Reload the page.');
}
