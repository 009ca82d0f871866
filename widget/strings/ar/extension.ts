import { formats } from './formats.ts';

export const signInNeeded = 'يُرجى تسجيل الدخول لعرض التقييمات.';
export const signIn = 'تسجيل الدخول';
export const signOut = 'تسجيل الخروج';
export const continueInWindow = 'يُرجى المتابعة في نافذة تسجيل الدخول.';
export const signInWindowClosed = 'أُغلقت نافذة تسجيل الدخول. يُرجى تسجيل الدخول مرة أخرى.';
export const candidateTab = 'المرشح';
export const inboxTab = 'صندوق الوارد';
export const noCandidate = 'عند فتح صفحة مرشح في نظام ATS، تظهر تقييماته هنا.';
export const pageChanging = 'في انتظار أن تعرض الصفحة مرشحًا…';
export const lookingUpCandidate = 'جارٍ البحث عن المرشح…';
export const retry = 'إعادة المحاولة';
export const noProxy = 'لا تتضمن هذه الإضافة عنوان الخادم الوكيل لشركتك. يُرجى إدخاله في الخيارات.';
export const openOptions = 'فتح الخيارات';
export const candidateUnknown = 'تعذر التعرف على هذا المرشح';
export const enterManually =
  'يُرجى إدخال البريد الإلكتروني للمرشح واسمه، والتحقق من الحقول المعبأة مسبقًا، فهي مأخوذة من الصفحة.';
export const candidateNotFound = 'لا يوجد هذا المرشح في نظام ATS، أو ليس لديك إذن بعرضه.';
export const noEmail = 'لا يوجد في نظام ATS بريد إلكتروني لهذا المرشح.';
export const noAssessments = 'لا توجد تقييمات متاحة لهذا المرشح. يُرجى التواصل مع قسم تقنية المعلومات.';
export const email = 'البريد الإلكتروني';
export const name = 'الاسم';
export const useCandidate = 'هذا هو المرشح المطلوب';
export const candidateChanged = 'انتقلت الصفحة إلى مرشح آخر، لذلك لم تُنشأ أي دعوة.';
export const pageNotResponding = 'الصفحة لا تستجيب، لذلك لم تُنشأ أي دعوة. يُرجى إعادة تحميل الصفحة ثم إعادة المحاولة.';
export const confirmCandidate = 'لا يمكن تحديد المرشح من عنوان الصفحة. هل هذا هو المرشح المعروض في الصفحة؟';
export const confirmYes = 'نعم، عرض التقييمات';
export const confirmNo = 'لا، إنه مرشح آخر';
export const chipLabel = 'فتح التقييمات';
export const chipHint = 'تقييمات Evalon: النقر على أيقونة شريط الأدوات أو الضغط على Alt+Shift+E';
export const chipHintLabel = 'تقييمات Evalon';
export const storeDescription = 'تقييمات Evalon بجانب المرشح في Greenhouse وLever وAshby وWorkday.';
export const proxyAddress = 'عنوان الخادم الوكيل لخدمة Evalon في شركتك';
export const save = 'حفظ';
export const saved = 'تم الحفظ.';
export const invalidAddress = 'هذا ليس عنوان خادم وكيل. يُرجى إدخال عنوان يبدأ بـ \u2066https://\u2069';
export const hostNotAllowed =
  'لا يستطيع المتصفح الوصول إلى هذا العنوان قبل السماح به. يُرجى إعادة المحاولة أو التواصل مع قسم تقنية المعلومات.';
export const setByPolicy = 'حدد قسم تقنية المعلومات هذا الإعداد.';
export const blockedHostsTitle = 'العناوين المحظورة';
export const blockedHostsHint = 'يحظر المتصفح هذه العناوين على الإضافة. يُرجى السماح بها لعرض التقييمات.';
export const proxyHostBlocked = 'يحظر المتصفح الوصول إلى الخادم الوكيل لشركتك. يُرجى السماح به في الخيارات.';
export const optionalHostsTitle = 'صفحات أخرى';
export const optionalHostsHint = 'تتضمن إعدادات شركتك هذه الصفحات. يُرجى السماح بها لعرض التقييمات فيها.';
export const optionalHostsPending = 'تحتاج بعض الصفحات إلى إذنك لعرض التقييمات. يُرجى السماح بها في الخيارات.';
export const allowButton = 'سماح';
export const allowedSuffix = '(مسموح به)';
export const allowHost = (host: string) => `السماح بـ ${host}`;
export const resultCountTitle = (count: number) =>
  count
    ? formats.plural(count, {
        one: 'نتيجة جديدة واحدة',
        two: 'نتيجتان جديدتان',
        few: '# نتائج جديدة',
        many: '# نتيجة جديدة',
        other: '# نتيجة جديدة',
      })
    : 'تقييمات Evalon';
export const candidateBadgeTitle = (status: string) => `تقييمات Evalon. هذا المرشح: ${status}`;
