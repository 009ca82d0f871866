import { join } from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';

const ROOT = join(import.meta.dirname, '..');
/** The expression in Lit's minified code that creates its Trusted Types policy. */
const LIT_POLICY = /\w\?\w\.createPolicy\("lit-html",\{createHTML:\w=>\w\}\):void 0/;

/**
 * Isolates this copy of Lit from the page. Renames Lit's Trusted Types policy, because the page may have its own copy of
 * Lit. Replaces Lit's `document` and shields its global variables, because elements of the page could shadow them.
 * @param policyModule the path of a module that exports the policy. By default, Lit creates the policy.
 */
export function isolateLit(policyModule?: string): Plugin {
  const inject: Record<string, [string, string]> = {
    document: [join(ROOT, 'widget/util/template-document.ts'), 'templateDocument'],
  };
  const shield = `import ${JSON.stringify(join(ROOT, 'widget/util/shield-globals.ts'))};\n`;
  return {
    name: 'isolate-lit',
    transform: {
      filter: { id: /\/node_modules\/.*\/(lit-html|lit-element|reactive-element|css-tag)\.js$/ },
      handler(code, id) {
        if (!id.endsWith('/lit-html.js')) return { code: shield + code, map: null };
        const renamed = policyModule
          ? code.replace(LIT_POLICY, 'policy')
          : code.replace('createPolicy("lit-html"', 'createPolicy("evalon-widget"');
        if (renamed === code) this.error('Lit no longer creates the Trusted Types policy "lit-html".');
        const imports = policyModule ? `import { policy } from ${JSON.stringify(policyModule)};\n` : '';
        return transformWithOxc(shield + imports + renamed, id, { inject });
      },
    },
  };
}
