import { html, type TemplateResult } from 'lit';

export const choiceHeading = 'اختيار تقييم واحد';

export function onlyOneAssessment(name: string): TemplateResult {
  return html`يمكن دعوة <bdi>${name}</bdi> إلى واحد فقط من هذه التقييمات. لا يمكن تغيير الاختيار بعد الدعوة.`;
}
