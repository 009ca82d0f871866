import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const cohortTitle = 'دعوة المرشحين';
export const noInvitePermission = 'ليس لديك إذن بدعوة المرشحين. يُرجى التواصل مع قسم تقنية المعلومات.';
export const pasteLabel = 'لصق المرشحين من جدول بيانات أو رسالة بريد إلكتروني';
export const pastePlaceholder = 'ليلى حداد <layla@example.com>\nسامي نصار, sami@example.com';
export const checkCandidates = 'مراجعة القائمة';
export const chooseFile = 'اختيار ملف CSV';
export const sourceHint = 'يمكنك مراجعة القائمة قبل إنشاء أي دعوة.';
export const readingCandidates = 'جارٍ قراءة بيانات المرشحين…';
export const noCandidatesFound = 'لم يُعثر على مرشحين. يُرجى لصق مرشح واحد في كل سطر، مع الاسم والبريد الإلكتروني.';
export const tooManyCandidates = 'تضم هذه القائمة أكثر من 10,000 مرشح. يُرجى تقسيمها إلى قوائم أصغر.';
export const listTooLong = 'هذا الملف كبير جدًا. يُرجى تقسيمه إلى ملفات أصغر.';
export const unreadableFile = 'تعذرت قراءة الملف. يُرجى حفظه بتنسيق CSV ثم إعادة المحاولة.';
export const previewHeading = 'مراجعة القائمة';
export const checking = 'جارٍ التحقق من المرشحين…';
export const discardList = 'حذف القائمة';
export const edit = 'تعديل';
export const remove = 'إزالة';
export const save = 'حفظ';
export const cancelEdit = 'إلغاء';
export const nameColumn = 'المرشح';
export const emailColumn = 'البريد الإلكتروني';
export const statusColumn = 'الحالة';
export const actionsColumn = 'الإجراءات';
export const nameLabel = 'الاسم';
export const filterLabel = 'عرض';
export const previousPage = 'السابق';
export const nextPage = 'التالي';
export const noRows = 'لا يوجد مرشحون في هذه المجموعة.';
export const nothingToInvite = 'لا يوجد مرشحون جدد للدعوة.';
export const retryFailed = 'إعادة محاولة الدعوات الفاشلة';
export const cancelQueued = 'إلغاء الدعوات المنتظرة';
export const keepInviting = 'متابعة الدعوة';
export const copyLinks = 'نسخ الروابط';
export const copyLinksLabel = 'نسخ الروابط: جميع المرشحين المدعوين';
export const downloadCsv = 'تنزيل CSV';
export const inviteMore = 'دعوة مرشحين آخرين';
export const pastBatches = 'الدعوات السابقة';
export const openBatch = 'فتح';
export const showMore = 'عرض المزيد';
export const copyLink = 'نسخ الرابط';
export const linksAfterInvite = 'لا يرسل Evalon الروابط بالبريد الإلكتروني. يُرجى نسخها بعد الدعوة.';
export const linksNotSent = 'لم يُرسَل بريد إلكتروني إلى المرشحين. يُرجى نسخ روابطهم وإرسالها بنفسك.';
export const estimating = 'جارٍ تقدير الوقت المتبقي…';
export const csvHeader = ['الاسم', 'البريد الإلكتروني', 'الحالة', 'السبب', 'الرابط'];

export const previewKinds = {
  unchecked: 'جارٍ التحقق…',
  new: 'جديد',
  existing: 'مدعو سابقًا',
  conflict: 'لديه تقييم آخر',
  ended: 'انتهى دون نتيجة',
  invalid: 'يحتاج إلى تصحيح',
};

export const outcomes = {
  queued: 'في الانتظار',
  invited: 'تمت الدعوة',
  existing: 'مدعو سابقًا',
  failed: 'لم تتم الدعوة',
  cancelled: 'أُلغيت الدعوة',
};

export const reasons = {
  invalid_email: 'هذا ليس عنوان بريد إلكتروني صالحًا.',
  name_missing: 'الاسم مفقود.',
  name_too_long: 'الاسم طويل جدًا.',
  duplicate: 'هذا البريد الإلكتروني موجود مرتين في القائمة. يُرجى إزالة أحدهما.',
  type_conflict: 'تقييم واحد فقط لكل مشروع. لدى المرشح تقييم آخر بالفعل.',
  link_missing: 'لم يُرجع Evalon رابطًا صالحًا. يُرجى التواصل مع قسم تقنية المعلومات.',
  upstream_rejected:
    'رفض Evalon الدعوة. يُرجى تصحيح الاسم أو البريد الإلكتروني وإضافة المرشح إلى قائمة جديدة، أو التواصل مع قسم تقنية المعلومات.',
  upstream_unavailable: 'تعذر الوصول إلى Evalon. يُرجى إعادة المحاولة لاحقًا.',
  erased: 'مُحيت بيانات المرشح.',
};

export const unknownReason = 'تعذرت دعوة المرشح. يُرجى التواصل مع قسم تقنية المعلومات.';

const CANDIDATES = {
  one: 'مرشح واحد',
  two: 'مرشحَين',
  few: '# مرشحين',
  many: '# مرشحًا',
  other: '# مرشح',
};

export const formatCount = formatNumber;
export const inviteCount = (count: number) => `دعوة ${plural(count, CANDIDATES)}`;
export const invitingCount = (count: number) => `جارٍ دعوة ${plural(count, CANDIDATES)}…`;
export const skippedCount = (count: number) => `لن تتم دعوة ${plural(count, CANDIDATES)}.`;
export const cancelQuestion = (count: number) =>
  plural(count, {
    one: 'إلغاء دعوة واحدة منتظرة؟ لن تتم دعوة هذا المرشح.',
    two: 'إلغاء دعوتين منتظرتين؟ لن تتم دعوة هذين المرشحَين.',
    few: 'إلغاء # دعوات منتظرة؟ لن تتم دعوة هؤلاء المرشحين.',
    many: 'إلغاء # دعوة منتظرة؟ لن تتم دعوة هؤلاء المرشحين.',
    other: 'إلغاء # دعوة منتظرة؟ لن تتم دعوة هؤلاء المرشحين.',
  });
export const cancelCount = (count: number) =>
  plural(count, {
    one: 'إلغاء دعوة واحدة منتظرة',
    two: 'إلغاء دعوتين منتظرتين',
    few: 'إلغاء # دعوات منتظرة',
    many: 'إلغاء # دعوة منتظرة',
    other: 'إلغاء # دعوة منتظرة',
  });
export const filterOption = (name: string, count: number) => `${name} ${formatNumber(count)}`;

export const all = 'الكل';
export const editLabel = (candidate: string) => `تعديل: ${candidate}`;
export const removeLabel = (candidate: string) => `إزالة: ${candidate}`;
export const copyLinkLabel = (candidate: string) => `نسخ الرابط: ${candidate}`;
export const pageRange = ({ first, last, total }: { first: number; last: number; total: number }) =>
  `${formatNumber(first)} إلى ${formatNumber(last)} من ${formatNumber(total)}`;
export const progressText = (doneCount: number, total: number) =>
  `تمت معالجة ${formatNumber(doneCount)} من ${formatNumber(total)}.`;
export const lessThanMinuteLeft = 'بقي أقل من دقيقة.';
export const minutesLeft = (minutes: number) =>
  plural(minutes, {
    one: 'بقيت دقيقة واحدة تقريبًا.',
    two: 'بقيت دقيقتان تقريبًا.',
    few: 'بقيت # دقائق تقريبًا.',
    many: 'بقيت # دقيقة تقريبًا.',
    other: 'بقيت # دقيقة تقريبًا.',
  });
export const hoursLeft = (hours: number) =>
  plural(hours, {
    one: 'بقيت ساعة واحدة تقريبًا.',
    two: 'بقيت ساعتان تقريبًا.',
    few: 'بقيت # ساعات تقريبًا.',
    many: 'بقيت # ساعة تقريبًا.',
    other: 'بقيت # ساعة تقريبًا.',
  });

export const finishedSentences = {
  invited: (count: number) => `تمت الدعوة: ${formatNumber(count)}.`,
  existing: (count: number) => `مدعو سابقًا: ${formatNumber(count)}.`,
  failed: (count: number) => `لم تتم الدعوة: ${formatNumber(count)}.`,
  cancelled: (count: number) => `أُلغيت الدعوة: ${formatNumber(count)}.`,
};

export const countSeparator = '، ';

export const outcomeCounts = {
  queued: (count: number) => `في الانتظار: ${formatNumber(count)}`,
  invited: (count: number) => `تمت الدعوة: ${formatNumber(count)}`,
  existing: (count: number) => `مدعو سابقًا: ${formatNumber(count)}`,
  failed: (count: number) => `لم تتم الدعوة: ${formatNumber(count)}`,
  cancelled: (count: number) => `أُلغيت الدعوة: ${formatNumber(count)}`,
};

export const openBatchLabel = (time: string) => `فتح: دعوات ${time}`;
export const csvFileName = (date: string) => `دعوات-${date}.csv`;
