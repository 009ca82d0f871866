import type { SessionStatus } from '../../../proxy/contract/status.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { humanize } from '../humanize.ts';
import { lookUp } from '../look-up.ts';
import { type ProblemTexts, translateProblem } from '../translation.ts';
import { formats } from './formats.ts';

export const { formatDate, formatNumber, formatScore } = formats;

export const locale = 'ar';
export const direction = 'rtl';

export const panelTitle = 'التقييمات';
export const loading = 'جارٍ التحميل…';
export const retry = 'إعادة المحاولة';
export const reconnecting = 'جارٍ إعادة الاتصال…';
export const offline = 'لا يوجد اتصال بالإنترنت.';
export const noAssessments = 'لم يتم إعداد أي تقييم. يُرجى التواصل مع قسم تقنية المعلومات.';
export const noInvitePermission = 'ليس لديك إذن بدعوة المرشحين. يُرجى التواصل مع قسم تقنية المعلومات.';
export const noViewPermission = 'ليس لديك إذن بعرض بيانات هذا المرشح. يُرجى التواصل مع قسم تقنية المعلومات.';
export const notInvited = 'لم تتم الدعوة';
export const checkingResult = 'جارٍ التحقق من النتيجة…';
export const resultUnavailable = 'النتيجة غير متاحة';
export const waitingForEvalon = 'في انتظار Evalon';
export const resultPending = 'ستظهر النتيجة هنا.';
export const unknownAssessment = 'تقييم';
export const assessmentErased = 'مُحي هذا التقييم.';
export const copied = 'تم النسخ';

const PROBLEMS: ProblemTexts = {
  invalid_request: 'هذا الطلب غير صالح. يُرجى التحقق من البيانات أو التواصل مع قسم تقنية المعلومات.',
  unauthenticated: 'انتهت صلاحية تسجيل الدخول. يُرجى إعادة تحميل الصفحة.',
  forbidden: 'ليس لديك إذن بهذا الإجراء. يُرجى التواصل مع قسم تقنية المعلومات.',
  not_found: 'لم يُعثر على البيانات. ربما مُحيت أو ليس لديك إذن بالوصول إليها.',
  not_ready: 'لا تتوفر لدى Evalon نتيجة لهذا التقييم بعد.',
  type_conflict: 'تقييم واحد فقط لكل مشروع. لدى المرشح تقييم آخر بالفعل.',
  conflict: 'حدث تغيير آخر في هذه الأثناء. يُرجى إعادة تحميل الصفحة ثم إعادة المحاولة.',
  too_large: 'هذا الطلب كبير جدًا. يُرجى تقسيمه.',
  rate_limited: 'خدمة Evalon مشغولة. يُرجى إعادة المحاولة بعد قليل.',
  upstream_rejected:
    'رفض Evalon هذه الدعوة. يُرجى التحقق من اسم المرشح وبريده الإلكتروني. إذا كانا صحيحين، فيُرجى التواصل مع قسم تقنية المعلومات.',
  upstream_unavailable: 'لم يستجب Evalon في الوقت المحدد. يُرجى إعادة المحاولة بعد قليل.',
  unavailable: 'الخدمة غير متاحة حاليًا. يُرجى إعادة المحاولة بعد قليل.',
  internal: 'حدث خطأ. يُرجى إعادة المحاولة. إذا تكرر الخطأ، فيُرجى التواصل مع قسم تقنية المعلومات.',
  unreachable: 'يتعذر الوصول إلى الخادم. يُرجى التحقق من الاتصال.',
  timeout: 'لم يستجب الخادم في الوقت المحدد. يُرجى إعادة المحاولة.',
  no_token: 'لم يتم تسجيل الدخول. يُرجى إعادة تحميل الصفحة أو إعادة المحاولة.',
  bad_answer: 'تعذرت قراءة استجابة الخادم. يُرجى إعادة المحاولة.',
  missing_attribute: 'لم يتم إعداد هذه الصفحة بشكل صحيح. يُرجى التواصل مع قسم تقنية المعلومات.',
  page_conflict: 'يمنع برنامج نصي آخر في هذه الصفحة عرض التقييمات. يُرجى التواصل مع قسم تقنية المعلومات.',
  unknown: 'حدث خطأ. يُرجى إعادة المحاولة.',
};

export const describeProblem = (problem: WidgetProblem) => translateProblem(problem, PROBLEMS);
export const reference = (id: string) => `الرقم المرجعي: \u200e${id}`;
export const testEnvironment = (name: string) => `بيانات اختبار · ${humanize(name)}`;

export const invite = { idle: 'دعوة', sending: 'جارٍ إنشاء الدعوة…', failed: 'إعادة محاولة الدعوة' };
export const inviteAgain = {
  idle: 'إعادة الدعوة',
  sending: 'جارٍ إعادة الدعوة…',
  failed: 'إعادة محاولة الدعوة',
};
export const inviteTo = (assessment: string) => ({
  idle: `دعوة إلى \u2068${assessment}\u2069`,
  sending: `جارٍ إنشاء الدعوة إلى \u2068${assessment}\u2069…`,
  failed: `إعادة محاولة الدعوة إلى \u2068${assessment}\u2069`,
});
export const inviteLabel = ({ name, assessment, text }: { name: string; assessment: string; text: string }) =>
  text.includes(assessment) ? `${text}: ${name}` : `${text}: ${name}، ${assessment}`;
export const panelLabel = (name: string) => `التقييمات: ${name}`;

const STATUSES: Record<SessionStatus, string> = {
  invited: 'تمت الدعوة',
  opened: 'فُتح الرابط',
  started: 'بدأ التقييم',
  submitted: 'أُرسلت الإجابات',
  scoring: 'قيد احتساب الدرجات',
  expired: 'انتهت الصلاحية',
  cancelled: 'أُلغي',
  declined: 'اعتذر المرشح',
  failed: 'انتهى دون نتيجة',
  completed: 'اكتمل',
};
export const statusLabel = (status: string) => lookUp(STATUSES, status) ?? 'حالة غير معروفة';

export function lastUpdated(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'آخر تحديث قبل أقل من دقيقة.';
  return formats.plural(minutes, {
    one: 'آخر تحديث قبل دقيقة واحدة.',
    two: 'آخر تحديث قبل دقيقتين.',
    few: 'آخر تحديث قبل # دقائق.',
    many: 'آخر تحديث قبل # دقيقة.',
    other: 'آخر تحديث قبل # دقيقة.',
  });
}

export const inviteDate = ({ invited_at }: Session) => `تاريخ الدعوة: ${formatDate(invited_at)}`;
export const sessionDate = (session: Session) =>
  session.status === 'completed' && session.completed_at
    ? `تاريخ الإكمال: ${formatDate(session.completed_at)}`
    : inviteDate(session);

export function statusAnnouncement({ candidate_name, status, score_summary }: Session, assessment: string): string {
  const text = `${candidate_name}، ${assessment}: ${statusLabel(status)}`;
  const overall = score_summary?.overall;
  return overall === undefined ? text : `${text}، الدرجة الإجمالية ${formatScore(overall)}`;
}

/** Isolates the tag, so that its brackets stay around its name. */
const describeSetup = (tag: string, need: string) =>
  `لم يتم إعداد هذه الصفحة بشكل صحيح. يُرجى التواصل مع قسم تقنية المعلومات: يحتاج \u2066<${tag}>\u2069 إلى ${need}.`;
export const missingAttributes = (tag: string, names: string[]) => describeSetup(tag, formats.formatList(names));
export const invalidProxyUrl = (tag: string) => describeSetup(tag, 'قيمة صالحة في proxy-url');
export const unknownTypes = (tag: string, types: string[]) =>
  describeSetup(tag, `أنواع تقييم معروفة بدلًا من ${formats.formatList(types)}`);
export const missingProjectId = (tag: string, types: string[]) =>
  describeSetup(tag, `قيمة project-id من أجل ${formats.formatList(types)}`);
