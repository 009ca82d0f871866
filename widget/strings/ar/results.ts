import { formats } from './formats.ts';
import { sectionScore } from './report.ts';

const { formatNumber, plural } = formats;

export { sectionScore };
export const resultsTitle = 'النتائج';
export const searchLabel = 'البحث بالاسم أو البريد الإلكتروني';
export const statusFilter = 'الحالة';
export const allStatuses = 'جميع الحالات';
export const assessmentFilter = 'التقييم';
export const allAssessments = 'جميع التقييمات';
export const sortLabel = 'الترتيب حسب';
export const sortNames = {
  '-updated_at': 'آخر تغيير، الأحدث أولًا',
  updated_at: 'آخر تغيير، الأقدم أولًا',
  '-completed_at': 'الإكمال، الأحدث أولًا',
  '-overall': 'الدرجة الإجمالية',
};
export const columns = {
  compare: 'مقارنة',
  candidate: 'المرشح',
  email: 'البريد الإلكتروني',
  assessment: 'التقييم',
  status: 'الحالة',
  overall: 'الدرجة الإجمالية',
  overallMax: 'الحد الأقصى للدرجة الإجمالية',
  sections: 'الأقسام',
  invitedBy: 'الدعوة من',
  invited: 'تاريخ الدعوة',
  completed: 'تاريخ الإكمال',
  changed: 'آخر تغيير',
};
export const noSessions = 'سيظهر هنا المرشحون المدعوون إلى هذا المشروع.';
export const noMatches = 'لا توجد نتائج مطابقة. يُرجى تغيير البحث أو عوامل التصفية.';
export const showMore = 'عرض المزيد';
export const exportCsv = 'تنزيل الكل بصيغة CSV';
export const printList = 'طباعة القائمة';
export const cancelExport = 'إلغاء التصدير';
export const csvFileName = 'النتائج.csv';
export const exportCancelled = 'أُلغي التصدير.';
export const compare = 'مقارنة';
export const compareTitle = 'مقارنة النتائج';
export const closeCompare = 'إغلاق المقارنة';
export const compareHint = (max: number) => `يُرجى تحديد نتيجتين على الأقل و${formatNumber(max)} على الأكثر للمقارنة.`;
export const compareLabel = (name: string) => `مقارنة: ${name}`;
export const showChanges = (count: number) =>
  plural(count, {
    one: 'عرض تحديث واحد',
    two: 'عرض تحديثين',
    few: 'عرض # تحديثات',
    many: 'عرض # تحديثًا',
    other: 'عرض # تحديث',
  });
export const shownCount = ({ count, hasMore }: { count: number; hasMore: boolean }) =>
  hasMore
    ? `المعروض: أول ${formatNumber(count)}`
    : plural(count, {
        one: 'مرشح واحد',
        two: 'مرشحان',
        few: '# مرشحين',
        many: '# مرشحًا',
        other: '# مرشح',
      });

const ROWS = { one: 'صف واحد', two: 'صفين', few: '# صفوف', many: '# صفًا', other: '# صف' };
export const exportProgress = (count: number) => `جارٍ تصدير ${plural(count, ROWS)}…`;
export const exportDone = (count: number) => `تم تصدير ${plural(count, ROWS)}.`;
