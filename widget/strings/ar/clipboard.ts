export const copyManually = 'منع المتصفح النسخ. يُرجى نسخ هذا النص:';
