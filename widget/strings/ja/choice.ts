import { html, type TemplateResult } from 'lit';

export const choiceHeading = 'アセスメントを1つ選択';

export function onlyOneAssessment(name: string): TemplateResult {
  return html`<bdi>${name}</bdi> さんが受検できるアセスメントは、このうち1つだけです。招待後はアセスメントを変更できません。`;
}
