/**
 * Loads the part of the pinned file: the code for results, and for elements that few pages have. The script tag has
 * `integrity`, so that the browser checks the part. After that, `import()` returns the module that the tag has loaded.
 */
import { pageDocument } from '../util/page-document.ts';
import { policy } from './policy.ts';

/** The build inserts both. */
declare const PART_FILE: string;
declare const PART_INTEGRITY: string;

const MODULE_URL = import.meta.url;
const PART_URL = new URL(PART_FILE, MODULE_URL).href;

type Part = typeof import('./part.ts');

let loading: Promise<Part> | undefined;
let hasReportedFailure = false;

/** Rejects if the part is not available or has another hash. The next call tries again. */
export function loadPart(): Promise<Part> {
  loading ??= importChecked().catch((error: unknown) => {
    loading = undefined;
    // biome-ignore lint/suspicious/noConsole: reports to the page's developer
    if (!hasReportedFailure) console.error('Evalon: could not load the part of the pinned file.', error);
    hasReportedFailure = true;
    throw error;
  });
  return loading;
}

async function importChecked(): Promise<Part> {
  // The part imports this module without a query. With a query, it would get a copy that nothing has checked.
  if (/[?#]/.test(MODULE_URL)) throw new Error(`Remove the query from ${MODULE_URL}`);
  const script = pageDocument.createElement('script');
  script.type = 'module';
  script.integrity = PART_INTEGRITY;
  script.nonce = findNonce();
  script.src = policy ? policy.createScriptURL(PART_URL) : PART_URL;
  try {
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error(`The browser refused ${PART_URL}`));
      pageDocument.head.append(script);
    });
  } finally {
    script.remove();
  }
  return import('./part.ts');
}

/** The nonce of the page's script tag, which its content security policy may require. */
function findNonce(): string {
  const scripts = [...pageDocument.querySelectorAll<HTMLScriptElement>('script[nonce]')];
  return scripts.find(({ src, nonce }) => src === MODULE_URL && nonce)?.nonce ?? '';
}
