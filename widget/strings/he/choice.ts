import { html, type TemplateResult } from 'lit';

export const choiceHeading = 'בחירת מבדק אחד';

export function onlyOneAssessment(name: string): TemplateResult {
  return html`ניתן להזמין את <bdi>${name}</bdi> רק לאחד מהמבדקים האלה. לא ניתן לשנות את הבחירה אחרי ההזמנה.`;
}
