/** English formats of a date with the time. They load on demand. */
import { formatDate } from './common.ts';

/** "Nov 29, 2026, 2:05 PM" */
export function formatTime(iso: string): string {
  const time = formatTimeOfDay(iso);
  return time && `${formatDate(iso)}, ${time}`;
}

function formatTimeOfDay(iso: string): string {
  const date = new Date(iso);
  const hours = date.getHours();
  const minutes = String(date.getMinutes()).padStart(2, '0');
  return Number.isNaN(hours) ? '' : `${hours % 12 || 12}:${minutes} ${hours < 12 ? 'AM' : 'PM'}`;
}
