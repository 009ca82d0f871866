export const noAccess = 'アクセス権なし';
export const statusUnavailable = 'ステータスを取得できません';
export const signedOut = '未サインイン';
