import { html, type TemplateResult } from 'lit';
import type { AtsWriteTexts } from '../en/session-notices.ts';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`تقييم واحد فقط لكل مشروع. لدى <bdi>${name}</bdi> تقييم <bdi>${held}</bdi> بالفعل.`;
}

export const linkProblem = 'لم يُرجع Evalon رابطًا صالحًا. يُرجى التواصل مع قسم تقنية المعلومات.';
export const linkProblemInviteAgain =
  'لم يُرجع Evalon رابطًا صالحًا. يُرجى إعادة الدعوة. إذا تعذرت أيضًا، فيُرجى التواصل مع قسم تقنية المعلومات.';

export const statusWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`تم حفظ الحالة في ${ats}، <bdi>${time}</bdi>`,
  saving: (ats) => html`جارٍ حفظ الحالة في ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`نظام ${ats} مشغول. ستُعاد محاولة حفظ الحالة تلقائيًا.`,
    credentials: (ats) => html`يرفض ${ats} الوصول. يُرجى التواصل مع قسم تقنية المعلومات.`,
    other: (ats) => html`لا يستجيب ${ats}. ستُعاد محاولة حفظ الحالة تلقائيًا.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`لم تُحفظ الحالة: البريد الإلكتروني المسجل في ${ats} باسم ${name} مختلف. يُرجى التأكد من أنه الشخص نفسه، ثم التواصل مع قسم تقنية المعلومات.`,
    application_missing: (ats) =>
      html`لم تُحفظ الحالة في ${ats}: لم يعد طلب التوظيف موجودًا هناك. إذا كان هذا خطأ، فيُرجى التواصل مع قسم تقنية المعلومات.`,
    credentials: (ats) => html`لم تُحفظ الحالة: يرفض ${ats} الوصول. يُرجى التواصل مع قسم تقنية المعلومات.`,
    refused: (ats) => html`لم تُحفظ الحالة: رفضها ${ats}. يُرجى التواصل مع قسم تقنية المعلومات.`,
    unavailable: (ats) => html`لم تُحفظ الحالة: لم يستجب ${ats} لعدة ساعات. يُرجى التواصل مع قسم تقنية المعلومات.`,
    rate_limited: (ats) => html`لم تُحفظ الحالة: نظام ${ats} مشغول منذ أيام. يُرجى التواصل مع قسم تقنية المعلومات.`,
    not_configured: (ats) => html`لم تُحفظ الحالة في ${ats}: أوقف قسم تقنية المعلومات هذه الميزة.`,
    other: (ats) => html`لم تُحفظ الحالة في ${ats}. يُرجى التواصل مع قسم تقنية المعلومات.`,
  },
};

export const linkWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`تم حفظ الرابط في ${ats}، <bdi>${time}</bdi>. يرسله ${ats} إلى المرشح بالبريد الإلكتروني.`,
  saving: (ats) => html`جارٍ حفظ الرابط في ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`نظام ${ats} مشغول ولم يستلم الرابط بعد. ستُعاد المحاولة تلقائيًا.`,
    credentials: (ats) => html`يرفض ${ats} الوصول، لذلك لم يستلم الرابط بعد. يُرجى التواصل مع قسم تقنية المعلومات.`,
    other: (ats) => html`لا يستجيب ${ats} ولم يستلم الرابط بعد. ستُعاد المحاولة تلقائيًا.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`لم يستلم ${ats} الرابط: البريد الإلكتروني المسجل فيه باسم ${name} مختلف. يُرجى التأكد من أنه الشخص نفسه.`,
    application_missing: (ats) =>
      html`لم يستلم ${ats} الرابط: لم يعد طلب التوظيف موجودًا هناك. إذا كان هذا خطأ، فيُرجى التواصل مع قسم تقنية المعلومات.`,
    credentials: (ats) => html`لم يستلم ${ats} الرابط: رُفض الوصول. يُرجى التواصل مع قسم تقنية المعلومات.`,
    refused: (ats) => html`رفض ${ats} الرابط. يُرجى التواصل مع قسم تقنية المعلومات.`,
    unavailable: (ats) =>
      html`لم يستلم ${ats} الرابط: لم يستجب النظام لعدة ساعات. يُرجى التواصل مع قسم تقنية المعلومات.`,
    rate_limited: (ats) => html`لم يستلم ${ats} الرابط: النظام مشغول منذ أيام. يُرجى التواصل مع قسم تقنية المعلومات.`,
    not_configured: (ats) => html`لم يستلم ${ats} الرابط: أوقف قسم تقنية المعلومات هذه الميزة.`,
    other: (ats) => html`لم يستلم ${ats} الرابط. يُرجى التواصل مع قسم تقنية المعلومات.`,
  },
};
