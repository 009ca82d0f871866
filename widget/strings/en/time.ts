/** English formats of a date with the time. They load on demand. */
import { formatDate } from './common.ts';

/** "Nov 29, 2026, 2:05 PM" */
export function formatTime(iso: string): string {
  const time = formatTimeOfDay(iso);
  return time && `${formatDate(iso)}, ${time}`;
}

/** "2:05 PM" for a time today, otherwise "Nov 29, 2026, 2:05 PM". @param now milliseconds since 1970 */
export function formatRecentTime(iso: string, now: number): string {
  return formatDate(iso) === formatDate(new Date(now).toISOString()) ? formatTimeOfDay(iso) : formatTime(iso);
}

function formatTimeOfDay(iso: string): string {
  const date = new Date(iso);
  const hours = date.getHours();
  const minutes = String(date.getMinutes()).padStart(2, '0');
  return Number.isNaN(hours) ? '' : `${hours % 12 || 12}:${minutes} ${hours < 12 ? 'AM' : 'PM'}`;
}
