import { html, nothing, type TemplateResult } from 'lit';
import type { ClientConfig } from '../api/parse.ts';
import { testEnvironment } from '../strings/en/common.ts';

/** Shows the name of a test environment, and nothing in production. The class `scoring` provides the color. */
export function renderEnvironment(config: ClientConfig | undefined): TemplateResult | typeof nothing {
  if (!config || config.environment === 'production') return nothing;
  return html`<small class="scoring" part="environment">${testEnvironment(config.environment)}</small>`;
}
