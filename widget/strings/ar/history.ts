import { html, type TemplateResult } from 'lit';

export const noHistory = 'لم يُسجَّل أي شيء بعد.';
export const historyFailed = 'تعذر تحميل السجل.';
export const resultUpdated = 'تحديث النتيجة';
export const completedWithScore = (score: string) => `اكتمل، الدرجة الإجمالية ${score}`;
export const updatedWithScore = (score: string) => `تحديث النتيجة، الدرجة الإجمالية ${score}`;

export const events = {
  invited: 'تمت الدعوة',
  opened: 'فُتح الرابط',
  started: 'بدأ التقييم',
  submitted: 'أُرسلت الإجابات',
  'handover message': 'نُسخت الرسالة',
  'handover link': 'نُسخ الرابط',
  'handover mail': 'فُتحت مسودة البريد',
  'reminder message': 'نُسخ التذكير',
  'reminder link': 'نُسخ الرابط للتذكير',
  'reminder mail': 'فُتحت مسودة التذكير',
  result_read: 'عُرضت النتيجة',
};

export const eventsBy = {
  invited: (recruiter: TemplateResult) => html`دعوة من ${recruiter}`,
  'handover message': (recruiter: TemplateResult) => html`نُسخت الرسالة بواسطة ${recruiter}`,
  'handover link': (recruiter: TemplateResult) => html`نُسخ الرابط بواسطة ${recruiter}`,
  'handover mail': (recruiter: TemplateResult) => html`فُتحت مسودة البريد بواسطة ${recruiter}`,
  'reminder message': (recruiter: TemplateResult) => html`نُسخ التذكير بواسطة ${recruiter}`,
  'reminder link': (recruiter: TemplateResult) => html`نُسخ الرابط للتذكير بواسطة ${recruiter}`,
  'reminder mail': (recruiter: TemplateResult) => html`فُتحت مسودة التذكير بواسطة ${recruiter}`,
  result_read: (recruiter: TemplateResult) => html`عُرضت النتيجة بواسطة ${recruiter}`,
};
