export const copyManually = 'הדפדפן חסם את ההעתקה. יש להעתיק את הטקסט הזה:';
