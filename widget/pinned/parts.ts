/**
 * Loads the parts of the pinned file. The script tag of a part has `integrity`, so that the browser checks it. After
 * that, `import()` returns the module that the tag has loaded.
 */
import { pageDocument } from '../util/page-document.ts';
import { policy } from './policy.ts';

/** The build inserts the version, and the hashes of the parts. */
declare const VERSION: string;
declare const INTEGRITY_OF_RESULT: string;
declare const INTEGRITY_OF_REST: string;

const MODULE_URL = import.meta.url;

let hasReportedFailure = false;

export const loadResult = createLoader(async () => {
  await insertScript('result', INTEGRITY_OF_RESULT);
  return import('./result.ts');
});

export const loadRest = createLoader(async () => {
  await loadResult();
  await insertScript('rest', INTEGRITY_OF_REST);
  return import('./rest.ts');
});

/**
 * Returns a function that loads a part once. The function rejects if the part is not available or has another hash. The
 * next call then tries again.
 */
function createLoader<Part>(load: () => Promise<Part>): () => Promise<Part> {
  let loading: Promise<Part> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      // biome-ignore lint/suspicious/noConsole: reports to the page's developer
      if (!hasReportedFailure) console.error('Evalon: could not load a part of the pinned file.', error);
      hasReportedFailure = true;
      throw error;
    });
    return loading;
  };
}

async function insertScript(part: string, integrity: string): Promise<void> {
  const url = new URL(`${VERSION}.${part}.part.js`, MODULE_URL).href;
  const script = pageDocument.createElement('script');
  script.type = 'module';
  script.integrity = integrity;
  script.nonce = findNonce();
  script.src = policy ? policy.createScriptURL(url) : url;
  try {
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error(`The browser refused ${url}`));
      pageDocument.documentElement.append(script);
    });
  } finally {
    script.remove();
  }
}

/** The nonce of the page's script tag, which the page's content security policy may require. */
function findNonce(): string {
  const scripts = [...pageDocument.querySelectorAll<HTMLScriptElement>('script[nonce]')];
  return scripts.find(({ src, nonce }) => src === MODULE_URL && nonce)?.nonce ?? '';
}
