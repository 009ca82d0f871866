export const scorecardTitle = 'スコアカード';
export const scorecardLabel = (name: string) => `スコアカード：${name}`;
